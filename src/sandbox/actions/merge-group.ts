import type { Actor, Forge } from "../forge.ts";
import type { MergeQueue, QueueEntry, RemovalReason } from "../model/merge-queue.ts";
import type { CheckRun } from "../model/repository.ts";
import { findAccount } from "../model/state.ts";
import { Refusal } from "../refusal.ts";
import { createBot } from "./accounts.ts";
import { announceMerged, changeRefsInTurn, markMerged, tipOf } from "./change-refs.ts";
import { record } from "./issues.ts";
import { deleteHeadInTurn, makeCommit } from "./merge-pull.ts";

// All of these are for whoever has the repository's turn.

/** Whom GitHub names as the one who merges what has gone through a queue, and takes out what fails there. */
export function queueBot(forge: Forge): Actor {
  const login = "github-merge-queue[bot]";
  return { account: findAccount(forge.state, login) ?? createBot(forge, login), viaAppId: null };
}

/** Writes what a merge would give to a branch of its own, and asks for checks of it; false where it cannot be. */
export async function makeGroup(forge: Forge, entry: QueueEntry): Promise<boolean> {
  const { queue, pull, enqueuer, viaAppId } = entry;
  const { repository, method } = queue;
  const base = await tipOf(forge, repository, queue.branch);
  if (base === null) return false;
  let head: string;
  try {
    head = await makeCommit(forge, { pull, method, base }, { account: enqueuer, viaAppId });
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
  // As in https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#merge_group
  const branch = `gh-readonly-queue/${queue.branch}/pr-${pull.issue.number}-${base}`;
  const bot = queueBot(forge);
  // One is left there by a process that ended before it could note the group.
  const from = await tipOf(forge, repository, branch);
  await changeRefsInTurn(forge, { repository, changes: [{ ref: `refs/heads/${branch}`, from, to: head }] }, bot);
  entry.group = { branch, base, head };
  const happening = { event: "merge_group", action: "checks_requested", queue, group: entry.group } as const;
  await forge.announce({ ...happening, sender: bot.account });
  return true;
}

/** Tells that a group is of no use any more, and deletes its branch. */
export async function destroyGroup(
  forge: Forge,
  entry: QueueEntry,
  reason: "merged" | "invalidated" | "dequeued",
): Promise<void> {
  const { queue, group } = entry;
  if (group === null) return;
  entry.group = null;
  const bot = queueBot(forge);
  const sender = bot.account;
  await forge.announce({ event: "merge_group", action: "destroyed", queue, group, reason, sender });
  const { repository } = queue;
  const from = await tipOf(forge, repository, group.branch);
  if (from === null) return;
  const changes = [{ ref: `refs/heads/${group.branch}`, from, to: null }];
  await changeRefsInTurn(forge, { repository, changes }, bot);
}

/** Takes a pull request out of the line, and its group with it. */
export async function leaveQueue(
  forge: Forge,
  { entry, reason }: { readonly entry: QueueEntry; readonly reason: RemovalReason },
  actor: Actor,
): Promise<void> {
  const { queue, pull, group } = entry;
  const place = queue.entries.indexOf(entry);
  if (place === -1) return;
  queue.entries.splice(place, 1);
  forge.state.nodes.delete(entry.nodeId);
  record(forge, pull.issue, actor, { kind: "removed_from_merge_queue", reason, commit: group?.head ?? null });
  await forge.announce({ event: "pull_request", action: "dequeued", pull, reason, sender: actor.account });
  await destroyGroup(forge, entry, reason === "MERGE" ? "merged" : "dequeued");
}

/** Moves the base to exactly the commit that was checked. Throws a Refusal where the base has moved since. */
export async function mergeGroup(forge: Forge, entry: QueueEntry): Promise<void> {
  const { queue, pull, group } = entry;
  if (group === null) throw new Error(`#${pull.issue.number} is merged before it is built`);
  const { repository, branch } = queue;
  const { base, head: commit } = group;
  const bot = queueBot(forge);
  const changes = [{ ref: `refs/heads/${branch}`, from: base, to: commit }];
  const whenMoved = (): void => {
    pull.base = { branch, commit: base };
    markMerged(forge, { pull, commit }, bot);
  };
  await changeRefsInTurn(forge, { repository, changes, whenMoved }, bot);
  await leaveQueue(forge, { entry, reason: "MERGE" }, bot);
  await announceMerged(forge, pull, bot);
  if (repository.merging.deleteBranchOnMerge) await deleteHeadInTurn(forge, pull, bot);
}

/** What the required checks say of a commit, each by its last run there. */
export function outcomeOf({ repository, requiredChecks }: MergeQueue, commit: string): "passed" | "failed" | "awaited" {
  const runs = repository.checkSuites.filter((suite) => suite.commit === commit).flatMap((suite) => suite.runs);
  const last = requiredChecks.map((name) => runs.findLast((run) => run.name === name));
  if (last.some(hasFailed)) return "failed";
  return last.every(hasSucceeded) ? "passed" : "awaited";
}

function hasSucceeded(run: CheckRun | undefined): boolean {
  return ["success", "neutral", "skipped"].includes(run?.conclusion ?? "");
}

function hasFailed(run: CheckRun | undefined): boolean {
  return run?.status === "completed" && !hasSucceeded(run);
}
