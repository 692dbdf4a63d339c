import type { PullRequestFacts } from "../domain/credit/pull-request-facts.ts";
import { findReleasesWith } from "../store/releases.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import type { Deps } from "./deps.ts";

/**
 * A release that is made right after a merge may be looked at before the pull request is: its commits seem to have come by
 * none then, and nobody is thanked for them. Such a release is looked at again.
 */
export async function lookAgainAtReleases(
  { database, enqueue }: Pick<Deps, "database" | "enqueue">,
  key: RepositoryKey,
  { landed, repository: { owner, name } }: PullRequestFacts,
): Promise<void> {
  const shas = landed?.commits.map(({ sha }) => sha) ?? [];
  for (const release of await findReleasesWith(database, key, shas)) {
    await enqueue({ kind: "release", ...key, owner, name, ...release });
  }
}
