import type { TaskOf } from "../domain/task.ts";
import { InstallationGone, InstallationSuspended } from "../github/errors.ts";
import type { ReachedRepository } from "../github/read-reached.ts";
import { moveRepository } from "../store/move-repository.ts";
import {
  isHistoryLoaded,
  loseRepository,
  readOtherHolders,
  readStoredRepository,
  rememberRepository,
} from "../store/repositories.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import { askForBackfill } from "./ask-for-backfill.ts";
import type { Deps } from "./deps.ts";
import { reachRepository } from "./reach-repository.ts";

/**
 * Follows a repository: to another name or default branch, to whom it is shown, to another organisation, or out of reach.
 * Only one installation reaches a repository, its owner's, and that one gets what others know of it.
 */
export async function lookAtRepository(deps: Deps, task: TaskOf<"repository">): Promise<void> {
  const { installationId, repositoryId } = task;
  const key = { installationId, repositoryId };
  const found = await reachRepository(deps, key);
  if (found === null) {
    await handOver(deps, key);
    await loseRepository(deps.database, key, deps.clock());
    return;
  }
  const before = await readStoredRepository(deps.database, key);
  const hasMoved = await takeOver(deps, key, found);
  // Of another branch nothing has been heard so far, and what was asked by a name that it had may not have been answered.
  const isOther = before !== null && (before.defaultBranch !== found.defaultBranch || before.owner !== found.owner);
  if (hasMoved) await goOnReading(deps, key, found);
  if (hasMoved || isOther) await lookAtItsBranch(deps, key, found);
}

/** Keeps a repository as it is, with what the installations that it came from know; says whether there were any. */
async function takeOver(
  { database, hash }: Deps,
  { installationId: to, repositoryId }: RepositoryKey,
  found: ReachedRepository,
): Promise<boolean> {
  return database.query.transaction().execute(async (transaction) => {
    const key = { installationId: to, repositoryId };
    const others = await readOtherHolders({ query: transaction }, key);
    await rememberRepository(transaction, to, found);
    for (const { installationId: from } of others) await moveRepository(transaction, { repositoryId, from, to, hash });
    return others.length > 0;
  });
}

/** Where another installation reaches the repository now, it gets what this one knows. */
async function handOver(deps: Deps, { installationId: from, repositoryId }: RepositoryKey): Promise<void> {
  const others = await readOtherHolders(deps.database, { installationId: from, repositoryId });
  for (const other of others) {
    const key = { installationId: other.installationId, repositoryId };
    const found = other.isGone ? null : await reachAsAnother(deps, key);
    if (found === null) continue;
    await takeOver(deps, key, found);
    await goOnReading(deps, key, found);
    await lookAtItsBranch(deps, key, found);
    return;
  }
}

/** Whoever had begun to read its history can do so no longer. */
async function goOnReading(deps: Deps, key: RepositoryKey, { owner, name }: ReachedRepository): Promise<void> {
  if (!(await isHistoryLoaded(deps.database, key))) await askForBackfill(deps, { ...key, owner, name });
}

function lookAtItsBranch({ enqueue }: Deps, key: RepositoryKey, { owner, name }: ReachedRepository): Promise<void> {
  return enqueue({ kind: "default branch", ...key, owner, name });
}

async function reachAsAnother(deps: Deps, key: RepositoryKey): Promise<ReachedRepository | null> {
  try {
    return await reachRepository(deps, key);
  } catch (error) {
    if (error instanceof InstallationGone || error instanceof InstallationSuspended) return null;
    throw error;
  }
}
