import type { Account } from "../../model/account.ts";
import type { PullRequest, Review, ReviewComment } from "../../model/issue.ts";
import { issuePage } from "../../present/issue.ts";
import { time, timeOrNull } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import type { ThreadObject } from "../git-objects.ts";
import { canWrite } from "../permissions.ts";
import { anchorOn, commentFields, reactionFields } from "./comment.ts";
import { toCommit } from "./git-nodes.ts";
import { mayPush } from "./may-push.ts";
import { userOrNull } from "./shown.ts";

interface RequestSource {
  readonly __typename: "ReviewRequest";
  readonly pull: PullRequest;
  readonly account: Account;
}

export function toRequest(pull: PullRequest, account: Account): RequestSource {
  return { __typename: "ReviewRequest", pull, account };
}

export const reviewRequest: Fields<RequestSource> = {
  id: ({ pull, account }) => `RR_kwDO${Buffer.from(`${pull.id}:${account.id}`).toString("base64url")}`,
  databaseId: ({ pull, account }) => (pull.id * 31 + account.id) % 2 ** 31,
  asCodeOwner: () => false,
  pullRequest: ({ pull }) => pull,
  requestedReviewer: ({ account }) => account,
};

export const review: Fields<Review> = {
  ...commentFields<Review>((source, context) => {
    const { issue } = source.pull;
    const page = anchorOn(context, issuePage(context.forge, issue), `pullrequestreview-${source.id}`);
    return { ...source, repository: issue.repository, page, permissions: ["pull_requests"] };
  }),
  // The sandbox keeps no reactions to reviews.
  ...reactionFields<Review>(() => []),
  state: ({ state }) => state,
  submittedAt: ({ submittedAt }) => timeOrNull(submittedAt),
  publishedAt: ({ submittedAt }) => timeOrNull(submittedAt),
  pullRequest: ({ pull }) => pull,
  commit: ({ pull, commit: sha }, _args, context) => toCommit(context, pull.issue.repository, sha),
  authorCanPushToRepository: ({ pull, author }) => mayPush(pull, author),
  onBehalfOf: async (_source, args: Paging, _context, info) => connect([], args, info),
  comments: async (source, args: Paging, _context, info) =>
    connect(
      source.pull.reviewComments.filter((comment) => comment.review === source),
      args,
      info,
    ),
};

export const reviewComment: Fields<ReviewComment> = {
  ...commentFields<ReviewComment>((source, context) => {
    const { issue } = source.pull;
    const page = anchorOn(context, issuePage(context.forge, issue), `discussion_r${source.id}`);
    return { ...source, repository: issue.repository, page, permissions: ["pull_requests"] };
  }),
  ...reactionFields<ReviewComment>(({ reactions }) => reactions),
  path: ({ path }) => path,
  line: ({ line }) => line,
  originalLine: ({ line }) => line,
  startLine: ({ startLine }) => startLine,
  originalStartLine: ({ startLine }) => startLine,
  position: ({ diffHunk }) => positionOf(diffHunk),
  originalPosition: ({ diffHunk }) => positionOf(diffHunk),
  diffHunk: ({ diffHunk }) => diffHunk,
  draftedAt: ({ createdAt }) => time(createdAt),
  outdated: ({ pull, commit: sha }) => sha !== pull.head.commit,
  state: (source) => (source.review.state === "PENDING" ? "PENDING" : "SUBMITTED"),
  subjectType: ({ line }) => (line === null ? "FILE" : "LINE"),
  replyTo: ({ inReplyTo }) => inReplyTo,
  pullRequest: ({ pull }) => pull,
  pullRequestReview: (source) => source.review,
  commit: ({ pull, commit: sha }, _args, context) => toCommit(context, pull.issue.repository, sha),
  originalCommit: ({ pull, commit: sha }, _args, context) => toCommit(context, pull.issue.repository, sha),
};

function positionOf(diffHunk: string): number {
  return Math.max(1, diffHunk.split("\n").length - 1);
}

/** Each first comment with its answers. */
export function threadsOf(pull: PullRequest, { viewer }: Context): ThreadObject[] {
  return pull.reviewComments
    .filter(
      ({ inReplyTo, review: { state, author } }) => inReplyTo === null && (state !== "PENDING" || author === viewer),
    )
    .map((first) => ({ __typename: "PullRequestReviewThread", pull, first }));
}

export const reviewThread: Fields<ThreadObject> = {
  id: ({ first }) => `PRRT_kwDO${Buffer.from(String(first.id)).toString("base64url")}`,
  path: ({ first }) => first.path,
  line: ({ first }) => first.line,
  originalLine: ({ first }) => first.line,
  startLine: ({ first }) => first.startLine,
  originalStartLine: ({ first }) => first.startLine,
  diffSide: ({ first }) => first.side,
  startDiffSide: ({ first }) => (first.startLine === null ? null : first.side),
  subjectType: ({ first }) => (first.line === null ? "FILE" : "LINE"),
  isResolved: () => false,
  isCollapsed: () => false,
  isOutdated: ({ pull, first }) => first.commit !== pull.head.commit,
  resolvedBy: () => userOrNull(null),
  pullRequest: ({ pull }) => pull,
  repository: ({ pull }) => pull.issue.repository,
  viewerCanReply: ({ pull }, _args, context) =>
    canWrite(context, pull.issue.repository, { role: "read", permissions: [["pull_requests", "write"]] }),
  viewerCanResolve: () => false,
  viewerCanUnresolve: () => false,
  comments: async ({ pull, first }, args: Paging & { skip?: number | null }, { viewer }, info) => {
    const { skip } = args;
    const found = pull.reviewComments.filter(
      (comment) =>
        (comment === first || comment.inReplyTo === first) &&
        (comment.review.state !== "PENDING" || comment.author === viewer),
    );
    return connect(found.slice(skip ?? 0), args, info);
  },
};
