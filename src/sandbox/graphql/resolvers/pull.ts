import { closingIssues } from "../../actions/change-refs.ts";
import { composeMergeMessage } from "../../actions/merge-message.ts";
import type { ChangedFile } from "../../git/changed-files.ts";
import { missingForMerge, missingReviews } from "../../identity/held-back.ts";
import type { Account } from "../../model/account.ts";
import type { PullRequest, Review } from "../../model/issue.ts";
import { entryOf, queueFor } from "../../model/merge-queue.ts";
import type { MergeMethod } from "../../model/repository.ts";
import { issuePage } from "../../present/issue.ts";
import { timeOrNull } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import type { PullCommitObject } from "../git-objects.ts";
import { canWrite, requireRead } from "../permissions.ts";
import { rollUp } from "./commit.ts";
import { readBranch, toCommit } from "./git-nodes.ts";
import { conversationFields } from "./issue.ts";
import { mayPush } from "./may-push.ts";
import { inOrder, type Order } from "./order.ts";
import { threadsOf, toRequest } from "./review.ts";
import { pathOf, personOrNull } from "./shown.ts";
import { pullTimeline } from "./timeline.ts";

export const pullRequest: Fields<PullRequest> = {
  ...conversationFields<PullRequest>(({ issue }) => issue),
  permalink: ({ issue }, _args, { forge }) => issuePage(forge, issue),
  checksUrl: ({ issue }, _args, { forge }) => `${issuePage(forge, issue)}/checks`,
  checksResourcePath: ({ issue }, _args, context) => `${pathOf(context, issuePage(context.forge, issue))}/checks`,
  isDraft: ({ draft }) => draft,
  merged: ({ merged }) => merged !== null,
  mergedAt: ({ merged }) => timeOrNull(merged?.at ?? null),
  mergedBy: ({ merged }) => personOrNull(merged?.by ?? null),
  mergeCommit: ({ issue, merged }, _args, context) =>
    merged === null ? null : toCommit(context, issue.repository, merged.commit),
  potentialMergeCommit: () => null,
  mergeable: async (pull, _args, { git }) => {
    const mergeable = await git.isMergeable(pull);
    return mergeable === null ? "UNKNOWN" : mergeable ? "MERGEABLE" : "CONFLICTING";
  },
  canBeRebased: async (pull, _args, { git }) => (await git.isMergeable(pull)) ?? false,
  mergeStateStatus: async (pull, _args, { git }) => {
    const mergeable = await git.isMergeable(pull);
    if (mergeable === null) return "UNKNOWN";
    if (pull.draft) return "DRAFT";
    if (!mergeable) return "DIRTY";
    return missingForMerge(pull) === null ? "CLEAN" : "BLOCKED";
  },
  isInMergeQueue: (pull) => entryOf(pull) !== null,
  isMergeQueueEnabled: (pull) => queueFor(pull) !== null,
  mergeQueue: (pull) => queueFor(pull),
  mergeQueueEntry: (pull) => entryOf(pull),
  autoMergeRequest: () => null,
  baseRefName: ({ base }) => base.branch,
  baseRefOid: ({ base }) => base.commit,
  baseRef: ({ issue, base }, _args, context) => readBranch(context, issue.repository, base.branch),
  baseRepository: ({ issue }) => issue.repository,
  headRefName: ({ head }) => head.branch,
  headRefOid: ({ head }) => head.commit,
  headRef: ({ head }, _args, context) => {
    return head.repository === null ? null : readBranch(context, head.repository, head.branch);
  },
  headRepository: ({ head }) => head.repository,
  headRepositoryOwner: ({ head }) => head.repository?.owner ?? null,
  isCrossRepository: ({ issue, head }) => head.repository !== issue.repository,
  maintainerCanModify: () => false,
  additions: async (pull, _args, { git }) => sum(await git.filesOf(pull), "additions"),
  deletions: async (pull, _args, { git }) => sum(await git.filesOf(pull), "deletions"),
  changedFiles: async (pull, _args, { git }) => (await git.filesOf(pull)).length,
  files: async (pull, args: Paging, { git }, info) => connect(await git.filesOf(pull), args, info),
  commits: async (pull, args: Paging, { git }, info) => {
    const commits = await git.commitsOf(pull);
    return connect(
      commits.map((one): PullCommitObject => ({ __typename: "PullRequestCommit", pull, commit: one })),
      args,
      info,
    );
  },
  totalCommentsCount: ({ issue, reviewComments, reviews }) =>
    issue.comments.length +
    reviewComments.length +
    reviews.filter(({ state, body }) => state !== "PENDING" && body !== "").length,
  reviews: async (pull, args: ReviewsArguments, context, info) => {
    const { states, author } = args;
    const found = visibleReviews(pull, context).filter(
      (review) =>
        (!states || states.includes(review.state)) &&
        (!author || review.author.login.toLowerCase() === author.toLowerCase()),
    );
    return connect(found, args, info);
  },
  latestReviews: async (pull, args: Paging, _context, info) =>
    connect(
      latestReviews(pull, () => true),
      args,
      info,
    ),
  latestOpinionatedReviews: async (pull, args: Paging & { writersOnly?: boolean | null }, _context, info) => {
    const { writersOnly } = args;
    const found = latestReviews(pull, ({ state }) => state === "APPROVED" || state === "CHANGES_REQUESTED");
    return connect(writersOnly === true ? found.filter(({ author }) => mayPush(pull, author)) : found, args, info);
  },
  viewerLatestReview: (pull, _args, context) =>
    visibleReviews(pull, context).findLast(({ author }) => author === context.viewer) ?? null,
  // Where the branch asks for no reviews, what those who may push have said counts all the same.
  reviewDecision: (pull) => {
    const opinions = latestReviews(pull, ({ state }) => state === "APPROVED" || state === "CHANGES_REQUESTED");
    const counted = opinions.filter(({ author }) => mayPush(pull, author));
    if (counted.some(({ state }) => state === "CHANGES_REQUESTED")) return "CHANGES_REQUESTED";
    if (missingReviews(pull) > 0) return "REVIEW_REQUIRED";
    return counted.length > 0 ? "APPROVED" : null;
  },
  reviewRequests: async (pull, args: Paging, _context, info) => {
    const requests = pull.requestedReviewers.filter((account) => personOrNull(account) !== null);
    return connect(
      requests.map((account) => toRequest(pull, account)),
      args,
      info,
    );
  },
  reviewThreads: async (pull, args: Paging, context, info) => connect(threadsOf(pull, context), args, info),
  suggestedReviewers: () => [],
  closingIssuesReferences: async (pull, args: ClosingArguments, context, info) => {
    requireRead(context, pull.issue.repository, "issues");
    const found = args.userLinkedOnly === true ? [] : closingIssues(pull);
    return connect(inOrder(found, args.orderBy, issueOrders), args, info);
  },
  statusCheckRollup: async (pull, _args, context) => {
    const head = await toCommit(context, pull.issue.repository, pull.head.commit);
    return head === null ? null : rollUp(context, head);
  },
  timelineItems: pullTimeline,
  viewerCanApplySuggestion: (pull, _args, context) => maySend(context, pull),
  viewerCanDeleteHeadRef: (pull, _args, context) => pull.issue.state === "closed" && maySend(context, pull),
  viewerCanEditFiles: (pull, _args, context) => maySend(context, pull),
  viewerCanMergeAsAdmin: () => false,
  viewerCanUpdateBranch: () => false,
  viewerCanEnableAutoMerge: () => false,
  viewerCanDisableAutoMerge: () => false,
  viewerMergeHeadlineText: async (pull, { mergeType }: { mergeType?: string | null }, { forge }) =>
    (await composeMergeMessage(forge, pull, methodOf(pull, mergeType))).title,
  viewerMergeBodyText: async (pull, { mergeType }: { mergeType?: string | null }, { forge }) =>
    (await composeMergeMessage(forge, pull, methodOf(pull, mergeType))).body,
};

const issueOrders = {
  CREATED_AT: ({ createdAt }: PullRequest["issue"]) => createdAt,
  UPDATED_AT: ({ updatedAt }: PullRequest["issue"]) => updatedAt,
  COMMENTS: ({ comments }: PullRequest["issue"]) => comments.length,
};

type ReviewsArguments = Paging & { readonly states?: readonly string[] | null; readonly author?: string | null };
type ClosingArguments = Paging & { readonly userLinkedOnly?: boolean | null; readonly orderBy?: Order | null };

export function methodOf({ issue }: PullRequest, name: string | null | undefined): MergeMethod {
  const { allowMergeCommit, allowSquashMerge } = issue.repository.merging;
  const method = name?.toLowerCase();
  if (method === "merge" || method === "squash" || method === "rebase") return method;
  return allowMergeCommit ? "merge" : allowSquashMerge ? "squash" : "rebase";
}

function sum(files: readonly ChangedFile[], name: "additions" | "deletions"): number {
  return files.reduce((total, file) => total + file[name], 0);
}

/** Only its author sees a review that is not submitted. */
function visibleReviews({ reviews }: PullRequest, { viewer }: Context): Review[] {
  return reviews.filter(({ state, author }) => state !== "PENDING" || author === viewer);
}

function latestReviews({ reviews }: PullRequest, counts: (review: Review) => boolean): Review[] {
  const byAuthor = new Map<Account, Review>();
  for (const review of reviews) {
    if (review.state === "PENDING" || !counts(review)) continue;
    byAuthor.delete(review.author);
    byAuthor.set(review.author, review);
  }
  return [...byAuthor.values()];
}

function maySend(context: Context, { issue }: PullRequest): boolean {
  return canWrite(context, issue.repository, { role: "write", permissions: [["contents", "write"]] });
}

export const pullCommit: Fields<PullCommitObject> = {
  id: ({ pull, commit: { sha } }) => `PURC_kwDO${Buffer.from(`${pull.id}:${sha}`).toString("base64url")}`,
  commit: ({ pull, commit: found }) => ({ __typename: "Commit", repository: pull.issue.repository, commit: found }),
  pullRequest: ({ pull }) => pull,
  url: ({ pull, commit: { sha } }, _args, { forge }) => `${issuePage(forge, pull.issue)}/commits/${sha}`,
  resourcePath: ({ pull, commit: { sha } }, _args, context) =>
    `${pathOf(context, issuePage(context.forge, pull.issue))}/commits/${sha}`,
};

const changeTypes = {
  added: "ADDED",
  removed: "DELETED",
  modified: "MODIFIED",
  renamed: "RENAMED",
  changed: "CHANGED",
} as const;

export const changedFile: Fields<ChangedFile> = {
  path: ({ path }) => path,
  additions: ({ additions }) => additions,
  deletions: ({ deletions }) => deletions,
  changeType: ({ status }) => changeTypes[status],
  viewerViewedState: () => "UNVIEWED",
};
