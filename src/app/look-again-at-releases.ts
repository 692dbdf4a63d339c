import type { PullRequestFacts } from "../domain/credit/pull-request-facts.ts";
import { findReleasesWith } from "../store/releases.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import type { Deps } from "./deps.ts";

/**
 * A release that is made right after a merge may be looked at before the pull request is: its commits seem to have come by
 * none then, and nobody is thanked for them. Or what somebody said about it was heard of late, and its credit is otherwise than
 * when the release was looked at. Such a release is looked at again.
 */
export async function lookAgainAtReleases(
  { database, enqueue }: Pick<Deps, "database" | "enqueue">,
  key: RepositoryKey,
  { facts, hasChanged }: { readonly facts: PullRequestFacts; readonly hasChanged: boolean },
): Promise<void> {
  const { landed, number, repository } = facts;
  if (landed === null) return;
  const { owner, name } = repository;
  // A merge is no work of a release's: what it brought is.
  const commits = [...landed.commits, ...facts.commits].map(({ sha }) => ({ kind: "commit", sha }) as const);
  const subjects = hasChanged ? [...commits, { kind: "pull request", number } as const] : commits;
  for (const release of await findReleasesWith(database, key, subjects)) {
    await enqueue({ kind: "release", ...key, owner, name, ...release });
  }
}
