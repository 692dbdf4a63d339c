import { inCode, type Mistake, mistake } from "../../domain/command/mistake.ts";
import type { ExistingRepository } from "../../domain/playbook/keep-what-is-there.ts";
import type { PlanTarget } from "../../domain/playbook/plan.ts";
import { readExistingRepository } from "../../github/playbook/read-existing-repository.ts";
import { readVisibility } from "../../github/playbook/read-visibility.ts";
import { findOpenedIssues } from "../../store/playbook-runs.ts";
import type { Deps } from "../deps.ts";
import { organisationOf, type SettledAsk } from "./playbook-ask.ts";

/** What a plan meets. */
export interface World {
  /** The repository that is there; null where one is to be made, whose name is free. */
  readonly existing: ExistingRepository | null;
}

/** Reads what a plan meets, or says why nothing can be planned. Throws what GitHubClient throws. */
export async function readWorld(
  deps: Deps,
  ask: SettledAsk,
  { target, name }: { readonly target: PlanTarget["kind"]; readonly name: string },
): Promise<World | Mistake> {
  if (target === "existing") return readExisting(deps, ask, name);
  const owner = organisationOf(ask);
  const client = deps.octokitFor(ask.installationId, { permissions: { metadata: "read" } });
  if ((await readVisibility(client, { owner, name })) === "none") return { existing: null };
  return mistake(`${inCode(owner)} has a repository ${inCode(name)} already. Choose another name.`);
}

async function readExisting(deps: Deps, ask: SettledAsk, name: string): Promise<World | Mistake> {
  const { installationId } = ask;
  const { repository } = ask.comment.conversation;
  if (name !== repository.name) {
    return mistake(`Here the name is ${inCode(repository.name)}: leave it away. Another one: \`/playbook use\`.`);
  }
  const permissions = { contents: "read", issues: "read", metadata: "read" } as const;
  const client = deps.octokitFor(installationId, { repositoryId: repository.id, permissions });
  const found = await readExistingRepository(client, repository);
  if (found === "empty")
    return mistake("This repository has no commit yet, so that no pull request can be made: push one.");
  if (found === "too large") {
    return mistake("This repository has more files than GitHub tells of, so that some might be overwritten.");
  }
  const issues = await findOpenedIssues(deps.database, { installationId, targetId: repository.id });
  return { existing: { ...found, issues } };
}
