import type { TaskOf } from "../domain/task.ts";
import { MissingPermission } from "../github/errors.ts";
import { type Changes, readChanges } from "../github/read-changes.ts";
import { keepReconciled, readReconciled } from "../store/reconciliations.ts";
import { readSeen } from "../store/repositories.ts";
import type { Deps } from "./deps.ts";
import { findChangedReleases } from "./find-changed-releases.ts";

type Reconciliation = TaskOf<"reconciliation">;

/** How much of what is known already is asked for again: lists and clocks may lag behind. In milliseconds. */
const overlap = 5 * 60_000;

/**
 * Has everything looked at that changed in a repository since the last time, whether a webhook told of it or not: the
 * looks come to the same, and change nothing where nothing changed.
 */
export async function reconcileRepository(deps: Deps, task: Reconciliation): Promise<void> {
  const { database, clock, octokitFor, enqueue, log } = deps;
  const { installationId, repositoryId, owner, name } = task;
  const key = { installationId, repositoryId };
  const begunAt = clock();
  const since = new Date(((await readReconciled(database, key)) ?? begunAt).getTime() - overlap);
  const permissions = { contents: "read", metadata: "read", pull_requests: "read" } as const;
  const client = octokitFor(installationId, { repositoryId, permissions });
  const pulls = await readChanges(client, { what: "pullRequests", owner, name, since });
  // What is public can be read wherever it is: it may be somebody else's by now.
  if (pulls.repository.id !== repositoryId || pulls.repository.owner !== owner) {
    await enqueue({ kind: "repository", ...key, owner, name });
    return;
  }
  const issues = await readChangedIssues(deps, task, since);
  const releases = await findChangedReleases(deps, task, since);
  for (const number of pulls.numbers) await enqueue({ kind: "pull request", ...key, owner, name, number });
  for (const number of issues) await enqueue({ kind: "issue", ...key, owner, name, number });
  for (const { id: releaseId, tag } of releases)
    await enqueue({ kind: "release", ...key, owner, name, tag, releaseId });
  const seen = await readSeen(database, key);
  // Before its history was begun, nothing that was pushed counts.
  const hasMoved = seen !== null && pulls.head !== null && pulls.head !== seen;
  if (hasMoved) await enqueue({ kind: "default branch", ...key, owner, name });
  await keepReconciled(database, key, begunAt);
  log.info(
    {
      installation: installationId,
      pulls: pulls.numbers.length,
      issues: issues.length,
      releases: releases.length,
      hasMoved,
    },
    "a repository was looked through",
  );
}

async function readChangedIssues(
  { octokitFor }: Deps,
  { installationId, repositoryId, owner, name }: Reconciliation,
  since: Date,
): Promise<Changes["numbers"]> {
  const permissions = { contents: "read", issues: "read", metadata: "read" } as const;
  const client = octokitFor(installationId, { repositoryId, permissions });
  try {
    return (await readChanges(client, { what: "issues", owner, name, since })).numbers;
  } catch (error) {
    // Whoever does not show issues gets no credit for them, and that is said elsewhere.
    if (error instanceof MissingPermission) return [];
    throw error;
  }
}
