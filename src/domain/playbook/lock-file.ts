import { stringify } from "yaml";
import type { NamedPlan, PlanSource } from "./plan.ts";

/** Where a repository says what it was made of. */
export const lockPath = ".github/playbook.lock.yml";

const heading = "# What this repository was made of. Whatever reads it wants it as it is.\n";

/**
 * The text of the lock file: source, version, answers, authors, the run, and each rendered file as it was. It is public to
 * whoever reads the repository, so that a private source goes unnamed in one that is not.
 */
export function lockFile({ plan, hash }: NamedPlan): string {
  const { playbook, source, repository, requester } = plan;
  const content = {
    schema: 1,
    playbook: playbook.name,
    version: playbook.version,
    source: shownSource(source, repository.visibility === "private"),
    authors: playbook.authors,
    inputs: plan.inputs,
    run: { plan: hash, by: { id: requester.id, login: requester.login } },
    files: plan.files.filter(({ isRendered }) => isRendered).map(({ path, mode, sha256 }) => ({ path, mode, sha256 })),
  };
  return heading + stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}

function shownSource(source: PlanSource, mayName: boolean): object {
  if (source.kind === "built-in") return { "built-in": true };
  const { id, name, folder, commit, ref, isPrivate } = source;
  return { repository: { id, ...((mayName || !isPrivate) && { name }) }, folder, commit, ref };
}
