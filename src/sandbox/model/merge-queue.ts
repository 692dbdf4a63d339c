import type { Account } from "./account.ts";
import type { PullRequest } from "./issue.ts";
import type { MergeMethod, Repository } from "./repository.ts";

/** The line in which the pull requests into a branch wait to be merged, each after its checks. */
export interface MergeQueue {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  readonly branch: string;
  method: MergeMethod;
  /** The names of the checks that have to succeed on what a merge would give. */
  requiredChecks: readonly string[];
  /** The first of the line at the front. */
  readonly entries: QueueEntry[];
}

/** A pull request's place in the line. */
export interface QueueEntry {
  readonly id: number;
  readonly nodeId: string;
  readonly queue: MergeQueue;
  readonly pull: PullRequest;
  readonly enqueuer: Account;
  readonly viaAppId: number | null;
  readonly enqueuedAt: Date;
  /** Where the head was: a pull request that has moved since is another one. */
  readonly head: string;
  /** Null until its turn comes: here only the first of the line is built. */
  group: MergeGroup | null;
}

/** What the base would be after the merge, on a branch of its own, to be checked. */
export interface MergeGroup {
  readonly branch: string;
  /** What it is built upon. */
  readonly base: string;
  readonly head: string;
}

/** Why GitHub says that a pull request has left the line, by the names of webhooks. */
export type RemovalReason =
  | "MANUAL"
  | "MERGE"
  | "MERGE_CONFLICT"
  | "CI_FAILURE"
  | "ALREADY_MERGED"
  | "QUEUE_CLEARED"
  | "BRANCH_PROTECTIONS";

/** The queue that a pull request has to go through; null where its base asks for none. */
export function queueFor({ issue, base }: PullRequest): MergeQueue | null {
  const queue = issue.repository.mergeQueue;
  return queue?.branch === base.branch ? queue : null;
}

/** Where a pull request stands in line; null where it does not. */
export function entryOf(pull: PullRequest): QueueEntry | null {
  return pull.issue.repository.mergeQueue?.entries.find((entry) => entry.pull === pull) ?? null;
}
