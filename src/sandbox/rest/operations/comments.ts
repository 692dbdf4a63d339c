import { addComment, addReaction, deleteComment, editComment, removeReaction } from "../../actions/comments.ts";
import type { Forge } from "../../forge.ts";
import { actingAccount, type Caller, isAtLeast, may, roleOf } from "../../identity/access.ts";
import type { Comment, Issue, Reaction, ReactionContent } from "../../model/issue.ts";
import type { Repository } from "../../model/repository.ts";
import { presentComment, presentReaction } from "../../present/issue.ts";
import { notAccessible, notFound, Refusal } from "../../refusal.ts";
import {
  type Answer,
  actorOf,
  created,
  done,
  inRepository,
  type Operation,
  ok,
  paged,
  toRead,
  toWrite,
} from "../operation.ts";
import { requireIssue } from "./issues.ts";
import { requireAuthorOrWriter } from "./pulls.ts";
import { requireComment as requireReviewComment } from "./reviews.ts";

const toReadIssues = toRead("issues", "pull_requests");
const toTakePart = toWrite("read", "issues", "pull_requests");
const toReadPulls = toRead("pull_requests");
const toReview = toWrite("read", "pull_requests");

export const commentOperations: readonly Operation[] = [
  inRepository("issues/list-comments", toReadIssues, (request) => {
    const { forge, repository, parameters } = request;
    const { comments } = requireIssue(repository, parameters.issue_number);
    return paged(request, since(comments, parameters.since), (comment) => presentComment(forge, comment));
  }),
  inRepository("issues/list-comments-for-repo", toReadIssues, (request) => {
    const { forge, repository, parameters } = request;
    const comments = [...repository.issues.values()].flatMap((issue) => issue.comments);
    const { sort = "created", direction = "asc" } = parameters;
    const key = ({ createdAt, updatedAt }: Comment): number => (sort === "created" ? createdAt : updatedAt).getTime();
    const order = direction === "asc" ? 1 : -1;
    comments.sort((one, other) => order * (key(one) - key(other) || one.id - other.id));
    return paged(request, since(comments, parameters.since), (comment) => presentComment(forge, comment));
  }),
  inRepository("issues/create-comment", toTakePart, async (request) => {
    const { forge, repository, parameters, body } = request;
    const issue = requireIssue(repository, parameters.issue_number);
    requireOpenTo(request.caller, issue);
    return created(presentComment(forge, await addComment(forge, { issue, body: body.body }, actorOf(request))));
  }),
  inRepository("issues/get-comment", toReadIssues, (request) => {
    return ok(presentComment(request.forge, requireComment(request, request.parameters.comment_id)));
  }),
  inRepository("issues/update-comment", toTakePart, async (request) => {
    const comment = requireComment(request, request.parameters.comment_id);
    requireMayChange(request.caller, comment);
    await editComment(request.forge, { comment, body: request.body.body }, actorOf(request));
    return ok(presentComment(request.forge, comment));
  }),
  inRepository("issues/delete-comment", toTakePart, async (request) => {
    const comment = requireComment(request, request.parameters.comment_id);
    requireAuthorOrWriter(request.caller, request.repository, comment.author);
    await deleteComment(request.forge, comment, actorOf(request));
    return done();
  }),
  inRepository("reactions/list-for-issue", toReadIssues, (request) => {
    const { reactions } = requireIssue(request.repository, request.parameters.issue_number);
    return list(request, reactions);
  }),
  inRepository("reactions/create-for-issue", toTakePart, (request) => {
    const { reactions } = requireIssue(request.repository, request.parameters.issue_number);
    return react(request, reactions);
  }),
  inRepository("reactions/delete-for-issue", toTakePart, (request) => {
    const { reactions } = requireIssue(request.repository, request.parameters.issue_number);
    return takeBack(request, reactions);
  }),
  inRepository("reactions/list-for-issue-comment", toReadIssues, (request) => {
    return list(request, requireComment(request, request.parameters.comment_id).reactions);
  }),
  inRepository("reactions/create-for-issue-comment", toTakePart, (request) => {
    return react(request, requireComment(request, request.parameters.comment_id).reactions);
  }),
  inRepository("reactions/delete-for-issue-comment", toTakePart, (request) => {
    return takeBack(request, requireComment(request, request.parameters.comment_id).reactions);
  }),
  inRepository("reactions/list-for-pull-request-review-comment", toReadPulls, (request) => {
    return list(request, requireReviewComment(request, request.parameters.comment_id).reactions);
  }),
  inRepository("reactions/create-for-pull-request-review-comment", toReview, (request) => {
    return react(request, requireReviewComment(request, request.parameters.comment_id).reactions);
  }),
  inRepository("reactions/delete-for-pull-request-comment", toReview, (request) => {
    return takeBack(request, requireReviewComment(request, request.parameters.comment_id).reactions);
  }),
];

function requireComment({ forge, repository }: { forge: Forge; repository: Repository }, id: number | bigint): Comment {
  const comment = forge.state.comments.get(Number(id));
  if (comment?.issue.repository !== repository) throw notFound();
  return comment;
}

/** A locked conversation is for those who may write. */
function requireOpenTo(caller: Caller, { locked, repository }: Issue): void {
  if (!locked || may(caller, repository, toWrite("write", "issues", "pull_requests"))) return;
  throw new Refusal(403, "Unable to create comment because issue is locked.");
}

/** A comment is changed by its author or by who may write; an app changes only its own. */
function requireMayChange(caller: Caller, { author, issue }: Comment): void {
  if (caller.kind === "installation" && author !== caller.installation.app.bot) throw notAccessible();
  if (author === actingAccount(caller) || isAtLeast(roleOf(actingAccount(caller), issue.repository), "write")) return;
  throw new Refusal(403, "Must have admin rights to Repository.");
}

function since(comments: readonly Comment[], text: string | undefined): readonly Comment[] {
  if (text === undefined) return comments;
  return comments.filter(({ updatedAt }) => updatedAt.getTime() >= Date.parse(text));
}

interface ReactionRequest {
  readonly forge: Forge;
  readonly caller: Caller;
  readonly parameters: object;
  readonly body: unknown;
}

function list(request: ReactionRequest, reactions: readonly Reaction[]): Answer {
  const { content } = request.parameters as { content?: ReactionContent };
  const wanted = reactions.filter((reaction) => content === undefined || reaction.content === content);
  return paged(request, wanted, (reaction) => presentReaction(request.forge, reaction));
}

function react(request: ReactionRequest, reactions: Reaction[]): Answer {
  const { content } = request.body as { content: ReactionContent };
  const { reaction, isNew } = addReaction(request.forge, { reactions, content }, actorOf(request));
  return (isNew ? created : ok)(presentReaction(request.forge, reaction));
}

function takeBack(request: ReactionRequest, reactions: Reaction[]): Answer {
  const { reaction_id: id } = request.parameters as { reaction_id: number };
  const reaction = reactions.find((one) => one.id === id);
  if (reaction === undefined || reaction.user !== actingAccount(request.caller)) throw notFound();
  removeReaction(request.forge, { reactions, reaction });
  return done();
}
