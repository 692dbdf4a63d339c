import { reportRole } from "../domain/credit/conversation-credits.ts";
import type { IssueFacts } from "../domain/credit/pull-request-facts.ts";
import type { TaskOf } from "../domain/task.ts";
import { readIssue } from "../github/read-issue.ts";
import { readCredits } from "../store/credits.ts";
import { findReleasesSince } from "../store/releases.ts";
import type { SubjectKey } from "../store/subject-key.ts";
import type { Deps } from "./deps.ts";
import { keepIssueCredits } from "./keep-issue-credits.ts";

/**
 * Makes the stored credit of one issue true. Its labels tell a report from an idea: pull requests that close it, and
 * have it otherwise, are looked at again.
 */
export async function lookAtIssue(deps: Deps, task: TaskOf<"issue">): Promise<void> {
  const { installationId, repositoryId, owner, name, number } = task;
  // Of a private repository GitHub names the default branch to those who may read its contents.
  const permissions = { contents: "read", issues: "read", metadata: "read", pull_requests: "read" } as const;
  const client = deps.octokitFor(installationId, { repositoryId, permissions });
  const reading = await readIssue(client, task);
  const key = { installationId, repositoryId };
  // What is public can be read wherever it is: it may be somebody else's by now.
  if (reading !== null && (reading.repository.id !== repositoryId || reading.repository.owner !== owner)) {
    await deps.enqueue({ kind: "repository", ...key, owner, name });
    return;
  }
  const since = await keepIssueCredits(deps, { ...key, subject: { kind: "issue", number } }, reading);
  // What was heard of late may count in the time of a release that was made meanwhile.
  for (const release of since === null ? [] : await findReleasesSince(deps.database, key, since)) {
    await deps.enqueue({ kind: "release", ...key, owner, name, ...release });
  }
  for (const pull of reading?.closedBy ?? []) {
    const subject = { kind: "pull request", number: pull } as const;
    if (reading === null || (await hasIt(deps, { ...key, subject }, reading.issue))) continue;
    await deps.enqueue({ kind: "pull request", ...key, owner, name, number: pull });
  }
}

/** Whether the ledger has an issue's report for a pull request as it is now. */
async function hasIt({ database }: Deps, key: SubjectKey, { author, labels, url }: IssueFacts): Promise<boolean> {
  const role = reportRole(labels);
  const entries = await readCredits(database, key);
  return entries.some(
    (entry) =>
      entry.person.accountId === author?.id &&
      entry.role === role &&
      entry.evidence.some((evidence) => evidence.kind === "issue" && evidence.url === url),
  );
}
