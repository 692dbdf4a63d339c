import type { MergeQueue, QueueEntry } from "../../model/merge-queue.ts";
import { time } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import { toCommit } from "./git-nodes.ts";
import { enumOf, pathOf, personOrNull, repositoryPage } from "./shown.ts";

function pageOf(context: Context, { repository, branch }: MergeQueue): string {
  return `${repositoryPage(context, repository)}/queue/${branch.split("/").map(encodeURIComponent).join("/")}`;
}

export const mergeQueue: Fields<MergeQueue> = {
  id: ({ nodeId }) => nodeId,
  repository: ({ repository }) => repository,
  configuration: (queue) => queue,
  entries: async ({ entries }, args: Paging, _context, info) => connect(entries, args, info),
  url: (queue, _args, context) => pageOf(context, queue),
  resourcePath: (queue, _args, context) => pathOf(context, pageOf(context, queue)),
};

/** Groups here are of one pull request each, and one is built at a time. */
export const mergeQueueConfiguration: Fields<MergeQueue> = {
  mergeMethod: ({ method }) => enumOf(method),
  mergingStrategy: () => "ALLGREEN",
  maximumEntriesToBuild: () => 1,
  maximumEntriesToMerge: () => 1,
  minimumEntriesToMerge: () => 1,
  minimumEntriesToMergeWaitTime: () => 0,
};

export const mergeQueueEntry: Fields<QueueEntry> = {
  id: ({ nodeId }) => nodeId,
  mergeQueue: ({ queue }) => queue,
  pullRequest: ({ pull }) => pull,
  enqueuer: ({ enqueuer }, _args, { forge }) => personOrNull(enqueuer) ?? forge.state.ghost,
  enqueuedAt: ({ enqueuedAt }) => time(enqueuedAt),
  // Of one that has left the line it is zero.
  position: (entry) => entry.queue.entries.indexOf(entry) + 1,
  state: ({ group }) => (group === null ? "QUEUED" : "AWAITING_CHECKS"),
  jump: () => false,
  solo: () => false,
  baseCommit: ({ queue, group }, _args, context) =>
    group === null ? null : toCommit(context, queue.repository, group.base),
  headCommit: ({ queue, group }, _args, context) =>
    group === null ? null : toCommit(context, queue.repository, group.head),
};
