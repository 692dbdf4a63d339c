import type { CreditSettings } from "../domain/credit/pull-request-credit.ts";
import type { TaskOf } from "../domain/task.ts";
import type { GitHubClient } from "../github/github-client.ts";
import { type KnownCommit, readCommitsById } from "../github/read-commits-by-id.ts";
import type { DefaultBranch } from "../github/read-default-branch.ts";
import { readNewCommits } from "../github/read-new-commits.ts";
import { findLanded } from "../store/pull-requests.ts";
import { moveSeen, nothingYet, readSeen } from "../store/repositories.ts";
import { askForBackfill } from "./ask-for-backfill.ts";
import type { Deps } from "./deps.ts";
import { keepCommitCredits } from "./keep-commit-credits.ts";

/** How many new commits are looked at in one go. */
const most = 2000;
/** How many are written at once, so that others get their turn with the database. */
const writtenAtOnce = 50;

interface Branch {
  readonly client: GitHubClient;
  readonly repository: DefaultBranch["repository"];
  readonly head: NonNullable<DefaultBranch["head"]>;
  readonly settings: CreditSettings;
}

/**
 * Counts what was pushed to the default branch without a pull request since the last time. The first time nothing is:
 * what is before is for whoever reads the history. After a force push what is new counts, and nothing is taken back.
 */
export async function countDirectCommits(
  deps: Deps,
  task: TaskOf<"default branch">,
  { client, repository, head, settings }: Branch,
): Promise<void> {
  const { installationId, repositoryId } = task;
  const key = { installationId, repositoryId };
  const kept = { installationId, repository, settings };
  const seen = await readSeen(deps.database, key);
  if (seen === head.sha) return;
  const place = { owner: repository.owner, name: repository.name };
  if (seen === nothingYet) {
    // The first push may bring a history of any length.
    await askForBackfill(deps, { ...key, ...place });
    return;
  }
  // An ordinary merge brings nothing but the pull request's own, and is not worth a request.
  const isMerge = seen !== null && head.mergedOnto === seen;
  const between = { ...place, from: seen ?? "", to: head.sha, most };
  const found = seen === null || isMerge ? null : await readNewCommits(client, between);
  const { shas, upTo } = found ?? { shas: [], upTo: head.sha };
  const landed = await findLanded(deps.database, key, shas);
  const unknown = shas.filter((sha) => !landed.has(sha));
  const commits = (await readCommitsById(client, { ...place, shas: unknown })).filter(isDirect);
  let done = 0;
  for (; commits.length - done > writtenAtOnce; done += writtenAtOnce) {
    await keepCommitCredits(deps, { ...kept, commits: commits.slice(done, done + writtenAtOnce) });
  }
  await keepCommitCredits(deps, { ...kept, commits: commits.slice(done) }, (transaction) =>
    moveSeen(transaction, key, { from: seen, to: upTo }),
  );
  if (upTo !== head.sha) await deps.enqueue(task);
}

function isDirect({ isMerged, facts }: KnownCommit): boolean {
  return !isMerged && facts.parents < 2;
}
