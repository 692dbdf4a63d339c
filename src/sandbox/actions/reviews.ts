import { type Actor, type Forge } from "../forge.ts";
import type { PullRequest, Review, ReviewComment } from "../model/issue.ts";
import { nextIdentity } from "../model/state.ts";
import { invalid, Refusal } from "../refusal.ts";
import { requireBody } from "./issues.ts";
import { requireHunk } from "./require-hunk.ts";

export type Verdict = "APPROVE" | "REQUEST_CHANGES" | "COMMENT";

export interface ReviewToAdd {
  readonly pull: PullRequest;
  readonly body: string;
  /** Null leaves it pending: only its author sees it until it is submitted. */
  readonly verdict: Verdict | null;
  readonly commit?: string | undefined;
  readonly comments?: readonly LineComment[];
}

export interface LineComment {
  readonly path: string;
  readonly body: string;
  readonly line: number | null;
  readonly startLine?: number | null;
  readonly side?: "LEFT" | "RIGHT";
}

/** Reviews a pull request, with comments on lines of its diff. */
export async function addReview(forge: Forge, wanted: ReviewToAdd, actor: Actor): Promise<Review> {
  const { pull, body, verdict, comments = [] } = wanted;
  requireVerdict(pull, { verdict, body: body || (comments.length > 0 ? "comments" : "") }, actor);
  requireBody(body, "PullRequestReview");
  if (verdict === null && pull.reviews.some(({ state, author }) => state === "PENDING" && author === actor.account)) {
    throw new Refusal(422, "Unprocessable Entity", ["User can only have one pending review per pull request"]);
  }
  const hunks = await Promise.all(comments.map((comment) => requireHunk(forge, pull, comment)));
  const review = createReview(forge, { pull, body, commit: wanted.commit ?? pull.head.commit }, actor);
  for (const [index, comment] of comments.entries()) {
    addLineComment(forge, { review, ...comment, diffHunk: hunks[index] ?? "", inReplyTo: null }, actor);
  }
  if (verdict !== null) await submitReview(forge, { review, body, verdict }, actor);
  return review;
}

function createReview(
  forge: Forge,
  { pull, body, commit }: { pull: PullRequest; body: string; commit: string },
  actor: Actor,
): Review {
  const now = forge.clock();
  const review: Review = {
    ...nextIdentity(forge.state, "PullRequestReview"),
    pull,
    author: actor.account,
    body,
    state: "PENDING",
    commit,
    submittedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  pull.reviews.push(review);
  forge.state.nodes.set(review.nodeId, { type: "PullRequestReview", value: review });
  return review;
}

export async function submitReview(
  forge: Forge,
  { review, body, verdict }: { review: Review; body: string; verdict: Verdict },
  actor: Actor,
): Promise<void> {
  const { pull } = review;
  const comments = pull.reviewComments.filter((comment) => comment.review === review);
  requireVerdict(pull, { verdict, body: body || (comments.length > 0 ? "comments" : "") }, actor);
  const now = forge.clock();
  const state = ({ APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const)[verdict];
  Object.assign(review, { state, body, submittedAt: now, updatedAt: now });
  pull.issue.updatedAt = now;
  pull.requestedReviewers = pull.requestedReviewers.filter((account) => account !== actor.account);
  await forge.announce({ event: "pull_request_review", action: "submitted", review, sender: actor.account });
  for (const comment of comments) {
    await forge.announce({ event: "pull_request_review_comment", action: "created", comment, sender: actor.account });
  }
}

export async function editReview(
  forge: Forge,
  { review, body }: { review: Review; body: string },
  actor: Actor,
): Promise<void> {
  requireBody(body, "PullRequestReview");
  const changes = { body: { from: review.body } };
  Object.assign(review, { body, updatedAt: forge.clock() });
  await forge.announce({ event: "pull_request_review", action: "edited", review, changes, sender: actor.account });
}

export async function dismissReview(forge: Forge, review: Review, actor: Actor): Promise<void> {
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED") {
    throw new Refusal(422, "Unprocessable Entity", ["Can not dismiss a commented pull request review"]);
  }
  Object.assign(review, { state: "DISMISSED", updatedAt: forge.clock() });
  await forge.announce({ event: "pull_request_review", action: "dismissed", review, sender: actor.account });
}

/** Deletes a review that was never submitted. */
export function deletePendingReview(forge: Forge, review: Review): void {
  if (review.state !== "PENDING") {
    throw new Refusal(422, "Unprocessable Entity", ["Can not delete a non-pending pull request review"]);
  }
  const { pull } = review;
  pull.reviews.splice(pull.reviews.indexOf(review), 1);
  for (const comment of pull.reviewComments.filter((other) => other.review === review)) removeComment(forge, comment);
  forge.state.nodes.delete(review.nodeId);
}

/** Comments on a line, as a review of its own. */
export async function addReviewComment(
  forge: Forge,
  { pull, commit, ...comment }: LineComment & { readonly pull: PullRequest; readonly commit?: string | undefined },
  actor: Actor,
): Promise<ReviewComment> {
  const diffHunk = await requireHunk(forge, pull, comment);
  const review = createReview(forge, { pull, body: "", commit: commit ?? pull.head.commit }, actor);
  const added = addLineComment(forge, { review, ...comment, diffHunk, inReplyTo: null }, actor);
  await submitReview(forge, { review, body: "", verdict: "COMMENT" }, actor);
  return added;
}

/** Answers in the thread of a comment. */
export async function replyToComment(
  forge: Forge,
  { comment, body }: { comment: ReviewComment; body: string },
  actor: Actor,
): Promise<ReviewComment> {
  const first = comment.inReplyTo ?? comment;
  const review = createReview(forge, { pull: first.pull, body: "", commit: first.commit }, actor);
  const { path, line, startLine, side, diffHunk } = first;
  const reply = addLineComment(forge, { review, path, line, startLine, side, diffHunk, body, inReplyTo: first }, actor);
  await submitReview(forge, { review, body: "", verdict: "COMMENT" }, actor);
  return reply;
}

export async function editReviewComment(
  forge: Forge,
  { comment, body }: { comment: ReviewComment; body: string },
  actor: Actor,
): Promise<void> {
  requireCommentBody(body);
  const changes = { body: { from: comment.body } };
  Object.assign(comment, { body, updatedAt: forge.clock() });
  await forge.announce({
    event: "pull_request_review_comment",
    action: "edited",
    comment,
    changes,
    sender: actor.account,
  });
}

export async function deleteReviewComment(forge: Forge, comment: ReviewComment, actor: Actor): Promise<void> {
  removeComment(forge, comment);
  await forge.announce({ event: "pull_request_review_comment", action: "deleted", comment, sender: actor.account });
}

function removeComment({ state }: Forge, comment: ReviewComment): void {
  const { reviewComments } = comment.pull;
  reviewComments.splice(reviewComments.indexOf(comment), 1);
  state.reviewComments.delete(comment.id);
  state.nodes.delete(comment.nodeId);
}

function addLineComment(
  forge: Forge,
  wanted: LineComment & {
    readonly review: Review;
    readonly diffHunk: string;
    readonly inReplyTo: ReviewComment | null;
  },
  actor: Actor,
): ReviewComment {
  const { review, path, body, line, startLine = null, side = "RIGHT", diffHunk, inReplyTo } = wanted;
  requireCommentBody(body);
  const now = forge.clock();
  const comment: ReviewComment = {
    ...nextIdentity(forge.state, "PullRequestReviewComment"),
    pull: review.pull,
    review,
    author: actor.account,
    body,
    path,
    line,
    startLine,
    side,
    diffHunk,
    commit: review.commit,
    inReplyTo,
    reactions: [],
    createdAt: now,
    updatedAt: now,
  };
  review.pull.reviewComments.push(comment);
  forge.state.reviewComments.set(comment.id, comment);
  forge.state.nodes.set(comment.nodeId, { type: "PullRequestReviewComment", value: comment });
  return comment;
}

function requireCommentBody(body: string): void {
  if (body.trim() === "") throw invalid({ resource: "PullRequestReviewComment", field: "body", code: "missing_field" });
  requireBody(body, "PullRequestReviewComment");
}

function requireVerdict(
  pull: PullRequest,
  { verdict, body }: { verdict: Verdict | null; body: string },
  actor: Actor,
): void {
  if (pull.issue.author === actor.account && (verdict === "APPROVE" || verdict === "REQUEST_CHANGES")) {
    const what = verdict === "APPROVE" ? "approve" : "request changes on";
    throw new Refusal(422, "Unprocessable Entity", [`Can not ${what} your own pull request`]);
  }
  if ((verdict === "COMMENT" || verdict === "REQUEST_CHANGES") && body.trim() === "") {
    throw new Refusal(422, "Unprocessable Entity", ["Body can't be blank"]);
  }
}
