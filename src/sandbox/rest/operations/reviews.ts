import {
  addReview,
  addReviewComment,
  deletePendingReview,
  deleteReviewComment,
  dismissReview,
  editReview,
  editReviewComment,
  type LineComment,
  replyToComment,
  submitReview,
} from "../../actions/reviews.ts";
import type { Caller } from "../../identity/access.ts";
import { actingAccount } from "../../identity/access.ts";
import type { PullRequest, Review, ReviewComment } from "../../model/issue.ts";
import type { Repository } from "../../model/repository.ts";
import { presentReview, presentReviewComment } from "../../present/pull.ts";
import { invalid, notFound, Refusal } from "../../refusal.ts";
import { actorOf, created, done, inRepository, type Operation, ok, paged, toRead, toWrite } from "../operation.ts";
import { requireAuthorOrWriter, requirePull } from "./pulls.ts";

const toReadPulls = toRead("pull_requests");
const toReview = toWrite("read", "pull_requests");

export const reviewOperations: readonly Operation[] = [
  inRepository("pulls/list-reviews", toReadPulls, (request) => {
    const { forge, repository, parameters, caller } = request;
    const { reviews } = requirePull(repository, parameters.pull_number);
    const visible = reviews.filter((review) => isVisible(review, caller));
    return paged(request, visible, (review) => presentReview(forge, review));
  }),
  inRepository("pulls/create-review", toReview, async (request) => {
    const { forge, repository, parameters, body } = request;
    const pull = requirePull(repository, parameters.pull_number);
    const wanted = {
      pull,
      body: body?.body ?? "",
      verdict: body?.event ?? null,
      commit: body?.commit_id,
      comments: (body?.comments ?? []).map(readLineComment),
    };
    return ok(presentReview(forge, await addReview(forge, wanted, actorOf(request))));
  }),
  inRepository("pulls/get-review", toReadPulls, (request) => {
    return ok(presentReview(request.forge, requireReview(request)));
  }),
  inRepository("pulls/update-review", toReview, async (request) => {
    const review = requireReview(request);
    requireAuthorOrWriter(request.caller, request.repository, review.author);
    await editReview(request.forge, { review, body: request.body.body }, actorOf(request));
    return ok(presentReview(request.forge, review));
  }),
  inRepository("pulls/delete-pending-review", toReview, (request) => {
    const review = requireReview(request);
    deletePendingReview(request.forge, review);
    return ok(presentReview(request.forge, review));
  }),
  inRepository("pulls/submit-review", toReview, async (request) => {
    const review = requireReview(request);
    if (review.author !== actingAccount(request.caller)) throw notFound();
    const { event: verdict, body = review.body } = request.body;
    await submitReview(request.forge, { review, body, verdict }, actorOf(request));
    return ok(presentReview(request.forge, review));
  }),
  inRepository("pulls/dismiss-review", toWrite("write", "pull_requests"), async (request) => {
    const review = requireReview(request);
    await dismissReview(request.forge, review, actorOf(request));
    return ok(presentReview(request.forge, review));
  }),
  inRepository("pulls/list-comments-for-review", toReadPulls, (request) => {
    const review = requireReview(request);
    const comments = review.pull.reviewComments.filter((comment) => comment.review === review);
    return paged(request, comments, (comment) => withoutLines(presentReviewComment(request.forge, comment)));
  }),
  inRepository("pulls/list-review-comments", toReadPulls, (request) => {
    const { forge, repository, parameters } = request;
    const pull = requirePull(repository, parameters.pull_number);
    return paged(request, submittedComments([pull]), (comment) => presentReviewComment(forge, comment));
  }),
  inRepository("pulls/list-review-comments-for-repo", toReadPulls, (request) => {
    const pulls = [...request.repository.issues.values()].flatMap(({ pull }) => pull ?? []);
    return paged(request, submittedComments(pulls), (comment) => presentReviewComment(request.forge, comment));
  }),
  inRepository("pulls/create-review-comment", toReview, async (request) => {
    const { forge, repository, parameters, body } = request;
    const pull = requirePull(repository, parameters.pull_number);
    if (body.in_reply_to !== undefined) {
      const comment = requireComment(request, body.in_reply_to);
      return created(
        presentReviewComment(forge, await replyToComment(forge, { comment, body: body.body }, actorOf(request))),
      );
    }
    if (body.line === undefined && body.subject_type !== "file") {
      throw invalid({ resource: "PullRequestReviewComment", field: "line", code: "missing_field" });
    }
    const wanted = { ...readLineComment(body), pull, commit: body.commit_id };
    return created(presentReviewComment(forge, await addReviewComment(forge, wanted, actorOf(request))));
  }),
  inRepository("pulls/create-reply-for-review-comment", toReview, async (request) => {
    const { forge, parameters, body } = request;
    const comment = requireComment(request, parameters.comment_id);
    return created(
      presentReviewComment(forge, await replyToComment(forge, { comment, body: body.body }, actorOf(request))),
    );
  }),
  inRepository("pulls/get-review-comment", toReadPulls, (request) => {
    return ok(presentReviewComment(request.forge, requireComment(request, request.parameters.comment_id)));
  }),
  inRepository("pulls/update-review-comment", toReview, async (request) => {
    const comment = requireComment(request, request.parameters.comment_id);
    requireAuthorOrWriter(request.caller, request.repository, comment.author);
    await editReviewComment(request.forge, { comment, body: request.body.body }, actorOf(request));
    return ok(presentReviewComment(request.forge, comment));
  }),
  inRepository("pulls/delete-review-comment", toReview, async (request) => {
    const comment = requireComment(request, request.parameters.comment_id);
    requireAuthorOrWriter(request.caller, request.repository, comment.author);
    await deleteReviewComment(request.forge, comment, actorOf(request));
    return done();
  }),
];

/** What is pending, only its author sees. */
function isVisible({ state, author }: Review, caller: Caller): boolean {
  return (
    state !== "PENDING" ||
    (caller.kind === "user" && caller.account === author) ||
    (caller.kind === "installation" && caller.installation.app.bot === author)
  );
}

function submittedComments(pulls: readonly PullRequest[]): ReviewComment[] {
  return pulls.flatMap(({ reviewComments }) => reviewComments.filter(({ review }) => review.state !== "PENDING"));
}

function requireReview(request: {
  readonly repository: Repository;
  readonly caller: Caller;
  readonly parameters: { pull_number: number; review_id: number };
}): Review {
  const { repository, parameters, caller } = request;
  const { reviews } = requirePull(repository, parameters.pull_number);
  const review = reviews.find(({ id }) => id === parameters.review_id);
  if (review === undefined || !isVisible(review, caller)) throw notFound();
  return review;
}

export function requireComment(
  {
    forge,
    repository,
  }: { forge: { state: { reviewComments: ReadonlyMap<number, ReviewComment> } }; repository: Repository },
  id: number | bigint,
): ReviewComment {
  const comment = forge.state.reviewComments.get(Number(id));
  if (comment?.pull.issue.repository !== repository) throw notFound();
  return comment;
}

function readLineComment(comment: {
  path: string;
  body: string;
  line?: number;
  side?: string;
  start_line?: number;
  position?: number;
}): LineComment {
  const { path, body, line, side = "RIGHT", start_line: startLine = null } = comment;
  if (side !== "LEFT" && side !== "RIGHT")
    throw new Refusal(422, "Validation Failed", ["side is not included in the list"]);
  return { path, body, line: line ?? null, side, startLine };
}

/** The list of one review's comments has them in an older form. */
function withoutLines({ subject_type: kind, ...comment }: ReturnType<typeof presentReviewComment>) {
  return kind === "file" ? { ...comment, line: null } : comment;
}
