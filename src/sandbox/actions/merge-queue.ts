import type { Actor, Forge } from "../forge.ts";
import type { PullRequest } from "../model/issue.ts";
import { entryOf, type MergeQueue, type QueueEntry, queueFor, type RemovalReason } from "../model/merge-queue.ts";
import type { Repository } from "../model/repository.ts";
import { nextIdentity } from "../model/state.ts";
import { Refusal } from "../refusal.ts";
import { tipOf } from "./change-refs.ts";
import { record } from "./issues.ts";
import { destroyGroup, leaveQueue, makeGroup, mergeGroup, outcomeOf, queueBot } from "./merge-group.ts";
import { isMergeable } from "./pulls.ts";

/**
 * Requires a merge queue for what is merged into the default branch, or changes its rules; null does without one, and
 * takes out whoever stands in line.
 */
export async function setMergeQueue(
  forge: Forge,
  repository: Repository,
  { rules, actor }: { rules: Partial<Pick<MergeQueue, "method" | "requiredChecks">> | null; actor: Actor },
): Promise<void> {
  await forge.inTurn(repository, async () => {
    const queue = repository.mergeQueue;
    if (rules === null && queue !== null) {
      for (const entry of queue.entries.toReversed())
        await leaveQueue(forge, { entry, reason: "QUEUE_CLEARED" }, actor);
      forge.state.nodes.delete(queue.nodeId);
      repository.mergeQueue = null;
    } else if (rules !== null && queue !== null) {
      queue.method = rules.method ?? queue.method;
      queue.requiredChecks = rules.requiredChecks ?? queue.requiredChecks;
    } else if (rules !== null) {
      repository.mergeQueue = addQueue(forge, repository, rules);
    }
  });
  await tendQueue(forge, repository);
}

function addQueue(
  forge: Forge,
  repository: Repository,
  { method = "merge", requiredChecks = [] }: Partial<Pick<MergeQueue, "method" | "requiredChecks">>,
): MergeQueue {
  const identity = nextIdentity(forge.state, "MergeQueue");
  const branch = repository.defaultBranch;
  const queue: MergeQueue = { ...identity, repository, branch, method, requiredChecks, entries: [] };
  forge.state.nodes.set(queue.nodeId, { type: "MergeQueue", value: queue });
  return queue;
}

export interface PullToEnqueue {
  readonly pull: PullRequest;
  /** Where the head must be. */
  readonly expectedHead?: string | undefined;
}

/** Puts a pull request at the end of the line. Throws a Refusal where it cannot be merged, or there is no line. */
export async function enqueuePull(forge: Forge, wanted: PullToEnqueue, actor: Actor): Promise<QueueEntry> {
  const { pull } = wanted;
  return forge.inTurn(pull.issue.repository, async () => {
    const queue = await requireQueueable(forge, wanted);
    const entry: QueueEntry = {
      ...nextIdentity(forge.state, "MergeQueueEntry"),
      queue,
      pull,
      enqueuer: actor.account,
      viaAppId: actor.viaAppId,
      enqueuedAt: forge.clock(),
      head: pull.head.commit,
      group: null,
    };
    queue.entries.push(entry);
    forge.state.nodes.set(entry.nodeId, { type: "MergeQueueEntry", value: entry });
    record(forge, pull.issue, actor, { kind: "added_to_merge_queue" });
    await forge.announce({ event: "pull_request", action: "enqueued", pull, sender: actor.account });
    return entry;
  });
}

async function requireQueueable(forge: Forge, { pull, expectedHead }: PullToEnqueue): Promise<MergeQueue> {
  const queue = queueFor(pull);
  if (queue === null) throw new Refusal(422, "Pull request's base branch does not require a merge queue");
  if (pull.issue.state === "closed") throw new Refusal(422, "Pull request is closed");
  if (pull.draft) throw new Refusal(422, "Pull request is in draft state");
  if (entryOf(pull) !== null) throw new Refusal(422, "Pull request is already in the queue");
  if (expectedHead !== undefined && expectedHead !== pull.head.commit) {
    throw new Refusal(422, "Head branch was modified. Review and try the merge again.");
  }
  if ((await isMergeable(forge, pull)) !== true) throw new Refusal(422, "Pull request has merge conflicts");
  return queue;
}

/** Takes a pull request out of the line, and gives the place that it had. Throws a Refusal where it has none. */
export async function dequeuePull(forge: Forge, pull: PullRequest, actor: Actor): Promise<QueueEntry> {
  return forge.inTurn(pull.issue.repository, async () => {
    const entry = entryOf(pull);
    if (entry === null) throw new Refusal(422, `Failed to remove PR #${pull.issue.number} from the merge queue`);
    await leaveQueue(forge, { entry, reason: "MANUAL" }, actor);
    return entry;
  });
}

/** Merges the first of the line, whatever its checks say. Throws a Refusal where it is not the first. */
export async function finishMergeGroup(forge: Forge, pull: PullRequest): Promise<void> {
  const entry = entryOf(pull);
  if (entry === null) throw new Refusal(422, "Pull request is not in a merge queue");
  await tendQueue(forge, pull.issue.repository);
  await forge.inTurn(pull.issue.repository, async () => {
    if (pull.merged !== null) return;
    if (entry.group === null) throw new Refusal(422, "Pull request is not the first of the queue");
    await mergeGroup(forge, entry);
  });
}

/**
 * Does whatever is to be done in a repository's queue: takes out what cannot be merged any more, builds the first of
 * the line, and merges it once its checks have succeeded. Doing it twice comes to the same.
 */
export async function tendQueue(forge: Forge, repository: Repository): Promise<void> {
  await forge.inTurn(repository, async () => {
    const queue = repository.mergeQueue;
    if (queue === null || !forge.state.repositories.has(repository.id)) return;
    const bot = queueBot(forge);
    for (const entry of queue.entries.toReversed()) {
      const reason = reasonToLeave(entry);
      if (reason !== null) await leaveQueue(forge, { entry, reason }, bot);
    }
    for (let first = queue.entries[0]; first !== undefined; first = queue.entries[0]) {
      const outcome = await advance(forge, first);
      if (outcome === "awaited") return;
      if (outcome === "passed") await mergeGroup(forge, first);
      else await leaveQueue(forge, { entry: first, reason: outcome }, bot);
    }
  });
}

/** GitHub lets a draft go on, once it is in the line. */
function reasonToLeave({ queue, pull, head }: QueueEntry): RemovalReason | null {
  if (pull.merged !== null) return "ALREADY_MERGED";
  const isOther = pull.head.commit !== head || pull.base.branch !== queue.branch;
  return isOther || pull.issue.state === "closed" ? "MANUAL" : null;
}

/** Builds the first of the line upon what the base is now, and looks at its checks. */
async function advance(forge: Forge, entry: QueueEntry): Promise<"passed" | "awaited" | RemovalReason> {
  const { queue } = entry;
  const base = await tipOf(forge, queue.repository, queue.branch);
  if (base === null) return "BRANCH_PROTECTIONS";
  if (entry.group !== null && entry.group.base !== base) await destroyGroup(forge, entry, "invalidated");
  if (entry.group === null && !(await makeGroup(forge, entry))) return "MERGE_CONFLICT";
  const outcome = outcomeOf(queue, entry.group?.head ?? "");
  return outcome === "failed" ? "CI_FAILURE" : outcome;
}
