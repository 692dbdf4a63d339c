import type { Forge } from "../../forge.ts";
import { may } from "../../identity/access.ts";
import { fullName, type Repository } from "../../model/repository.ts";
import type { Ruleset } from "../../model/ruleset.ts";
import { repositoryUrl } from "../../present/repository.ts";
import { time } from "../../present/time.ts";
import { notFound, Refusal } from "../../refusal.ts";
import { created, done, inRepository, type Operation, ok, paged, toRead, toWrite } from "../operation.ts";

const administration = toWrite("admin", "administration");
const toReadMetadata = toRead("metadata");

export const rulesetOperations: readonly Operation[] = [
  inRepository("repos/get-repo-rulesets", toReadMetadata, (request) => {
    const { forge, repository, parameters } = request;
    const targets = parameters.targets?.split(",");
    const wanted = repository.rulesets.filter(({ target }) => targets === undefined || targets.includes(target));
    return paged(request, wanted, (ruleset) => presentRuleset(forge, repository, ruleset));
  }),
  inRepository("repos/create-repo-ruleset", administration, ({ forge, repository, body }) => {
    requireFreeName(repository, body.name, null);
    const now = forge.clock();
    const ruleset: Ruleset = {
      id: forge.state.nextId++,
      name: body.name,
      target: body.target ?? "branch",
      enforcement: body.enforcement,
      bypassActors: body.bypass_actors ?? [],
      conditions: body.conditions ?? null,
      rules: body.rules ?? [],
      createdAt: now,
      updatedAt: now,
    };
    repository.rulesets.push(ruleset);
    return created(presentInFull(forge, repository, { ruleset, showsBypass: true }));
  }),
  inRepository("repos/get-repo-ruleset", toReadMetadata, ({ forge, caller, repository, parameters }) => {
    const ruleset = requireRuleset(repository, parameters.ruleset_id);
    // Who may pass by the rules is for those who set them.
    return ok(presentInFull(forge, repository, { ruleset, showsBypass: may(caller, repository, administration) }));
  }),
  inRepository("repos/update-repo-ruleset", administration, ({ forge, repository, parameters, body }) => {
    const ruleset = requireRuleset(repository, parameters.ruleset_id);
    requireFreeName(repository, body?.name ?? ruleset.name, ruleset);
    ruleset.name = body?.name ?? ruleset.name;
    ruleset.target = body?.target ?? ruleset.target;
    ruleset.enforcement = body?.enforcement ?? ruleset.enforcement;
    ruleset.bypassActors = body?.bypass_actors ?? ruleset.bypassActors;
    ruleset.conditions = body?.conditions ?? ruleset.conditions;
    ruleset.rules = body?.rules ?? ruleset.rules;
    ruleset.updatedAt = forge.clock();
    return ok(presentInFull(forge, repository, { ruleset, showsBypass: true }));
  }),
  inRepository("repos/delete-repo-ruleset", administration, ({ repository, parameters }) => {
    const ruleset = requireRuleset(repository, parameters.ruleset_id);
    repository.rulesets.splice(repository.rulesets.indexOf(ruleset), 1);
    return done();
  }),
];

function requireRuleset({ rulesets }: Repository, id: number): Ruleset {
  const ruleset = rulesets.find((one) => one.id === id);
  if (ruleset === undefined) throw notFound();
  return ruleset;
}

function requireFreeName({ rulesets }: Repository, name: string, self: Ruleset | null): void {
  if (name.trim() === "") throw new Refusal(422, "Validation Failed", ["Name can't be blank"]);
  if (rulesets.some((one) => one !== self && one.name === name)) {
    throw new Refusal(422, "Validation Failed", ["Name must be unique"]);
  }
}

function presentRuleset(forge: Forge, repository: Repository, ruleset: Ruleset) {
  const { id, name, target, enforcement, createdAt, updatedAt } = ruleset;
  return {
    id,
    name,
    target,
    source_type: "Repository",
    source: fullName(repository),
    enforcement,
    node_id: `RRS_${Buffer.from(String(id)).toString("base64url")}`,
    _links: {
      self: { href: `${repositoryUrl(forge, repository)}/rulesets/${id}` },
      html: { href: `${forge.web}/${fullName(repository)}/rules/${id}` },
    },
    created_at: time(createdAt),
    updated_at: time(updatedAt),
  };
}

function presentInFull(
  forge: Forge,
  repository: Repository,
  { ruleset, showsBypass }: { readonly ruleset: Ruleset; readonly showsBypass: boolean },
) {
  const { bypassActors, conditions, rules } = ruleset;
  return {
    ...presentRuleset(forge, repository, ruleset),
    ...(showsBypass ? { bypass_actors: bypassActors } : {}),
    ...(conditions === null ? {} : { conditions }),
    rules,
  };
}
