import { createHash } from "node:crypto";
import { inCode, type Mistake, mistake } from "../../domain/command/mistake.ts";
import { some } from "../../domain/credit/some.ts";
import type { WrittenAnswers } from "../../domain/playbook/answer-text.ts";
import { writeAnswer } from "../../domain/playbook/answer-text.ts";
import { createPlan } from "../../domain/playbook/create-plan.ts";
import { inputsFor } from "../../domain/playbook/inputs-for.ts";
import { isNothingLeft, keepWhatIsThere } from "../../domain/playbook/keep-what-is-there.ts";
import { parseAnswers } from "../../domain/playbook/parse-answers.ts";
import type { NamedPlan, PlanPerson, PlanTarget } from "../../domain/playbook/plan.ts";
import type { PlaybookReplyPart } from "../../domain/playbook/playbook-reply.ts";
import { seesTeam } from "../../github/playbook/read-team.ts";
import { renderPlaybook } from "../../render/render-playbook.ts";
import type { Deps } from "../deps.ts";
import type { RightsReader } from "./creation-rights.ts";
import { type FoundPlaybook, findPlaybook } from "./open-playbook.ts";
import { organisationOf, type SettledAsk, searchOf } from "./playbook-ask.ts";
import { readWorld } from "./read-world.ts";
import { neededFor, refusePerson } from "./refuse-person.ts";
import { requirePermissions } from "./require-permissions.ts";

/** What a plan is to be made of. */
export interface PlanWish {
  readonly name: string;
  readonly answers: WrittenAnswers;
  /** Whether it is for a new repository, or for the one that it is asked for in. */
  readonly target: PlanTarget["kind"];
  readonly requester: PlanPerson;
  /** Whose rights are asked: all of them have to be able to make it by hand. */
  readonly people: readonly { readonly id: number; readonly login: string }[];
  readonly rights: RightsReader;
}

export type PlanMaking =
  | { readonly ok: true; readonly plan: NamedPlan; readonly found: FoundPlaybook }
  | { readonly ok: false; readonly part: Mistake | Extract<PlaybookReplyPart, { readonly kind: "answers" }> };

const mostMistakes = 30;
const longestLine = 20_000;

/**
 * Makes a plan of the world as it is: who may, what the playbook says, whether the name is free, which teams there are.
 * Whoever may not hears nothing else. Throws what GitHubClient throws.
 */
export async function makePlan(deps: Deps, ask: SettledAsk, wish: PlanWish): Promise<PlanMaking> {
  const organisation = organisationOf(ask);
  const finding = await findPlaybook(deps, searchOf(ask), wish.name);
  if (!finding.ok) return refuse(mistake(finding.mistake));
  const { playbook, source } = finding.found;
  const { manifest } = playbook;
  const { visibility } = manifest.repository;
  const { installationId } = ask;
  const needed = neededFor(ask, wish.target, visibility);
  for (const person of wish.people) {
    const isAsker = person.id === ask.asker.id;
    const refusal = await refusePerson(deps, { installationId, person, isAsker, needed, rights: wish.rights });
    if (refusal !== null) return refuse(refusal);
  }

  const { answers, mistakes } = wish.answers;
  const parsed = parseAnswers(answers, { inputs: inputsFor(manifest, wish.target), organisation });
  if (!parsed.ok || mistakes.length > 0) {
    const line = parsed.ok ? Array.from(answers, ([name, value]) => writeAnswer(name, value)).join(" ") : parsed.line;
    return complain(
      ask,
      [...mistakes, ...(parsed.ok ? [] : parsed.mistakes)],
      `/playbook ${wish.target === "new" ? "use" : "apply"} ${manifest.name} ${line}`,
    );
  }
  const world = await readWorld(deps, ask, { target: wish.target, name: String(parsed.values.get("name") ?? "") });
  if ("text" in world) return refuse(world);

  const year = deps.clock().getUTCFullYear();
  const render = { render: deps.templates.renderUntrusted };
  const rendering = await renderPlaybook({ playbook, values: parsed.values, organisation, year }, render);
  if (!rendering.ok) {
    const messages = rendering.errors.map(({ message }) => message);
    return complain(ask, messages, null);
  }
  const { rendered, target } =
    world.existing === null
      ? { rendered: rendering.rendered, target: { kind: "new" } as const }
      : keepWhatIsThere(rendering.rendered, world.existing);
  if (world.existing !== null && isNothingLeft(rendered)) {
    return refuse(mistake(`Everything that ${inCode(manifest.name)} would bring is here already.`));
  }
  const { requester } = wish;
  const plan = createPlan({ manifest, source, requester, target, rendered, sha256 });
  const answered = Object.entries(manifest.inputs).flatMap(([input, { type }]) => {
    return type === "team" ? [parsed.values.get(input)] : [];
  });
  const teams = [
    ...rendered.repository.teams.map(({ team }) => team),
    ...answered.filter((team) => typeof team === "string"),
  ];
  const unknown = await findUnknownTeam(deps, ask, { teams, rights: wish.rights, requester });
  if (unknown !== null) return refuse(mistake(`There is no team ${inCode(unknown)}, or none that you can see.`));
  await requirePermissions(deps, ask, plan.plan);
  return { ok: true, plan, found: finding.found };
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function refuse(part: Mistake): PlanMaking {
  return { ok: false, part };
}

function complain({ source }: SettledAsk, mistakes: readonly string[], again: string | null): PlanMaking {
  const line = again === null || again.length > longestLine ? null : [again];
  return { ok: false, part: { kind: "answers", source, mistakes: some(mistakes, mostMistakes), again: line } };
}

/** The first team that is not there for whoever asks for the plan. */
async function findUnknownTeam(
  { octokitFor }: Deps,
  { installationId }: SettledAsk,
  { teams, rights, requester }: { teams: readonly string[]; rights: RightsReader; requester: PlanPerson },
): Promise<string | null> {
  const client = octokitFor(installationId, { permissions: { members: "read" } });
  for (const team of new Set(teams)) {
    const isOwner = (await rights.membership(requester)) === "owner";
    if (!(await seesTeam(client, { team, login: requester.login, isOwner }))) return team;
  }
  return null;
}
