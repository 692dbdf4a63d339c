import { addComment, addReaction, deleteComment, editComment, removeReaction } from "../../../actions/comments.ts";
import type { Reaction } from "../../../model/issue.ts";
import type { Repository } from "../../../model/repository.ts";
import { actorOf, type Context } from "../../context.ts";
import { isShut, needToEdit, permissionsFor, requireWrite } from "../../permissions.ts";
import { Problem } from "../../problem.ts";
import { groupReactions, toReactionContent } from "../comment.ts";
import { findConversation, findTarget } from "../find-target.ts";
import { edgeTo } from "../mutations/edge-to.ts";

interface ReactionInput {
  readonly subjectId: string;
  readonly content: string;
}

export const commentMutations = {
  addComment: async (context: Context, { subjectId, body }: { subjectId: string; body: string }) => {
    const issue = await findConversation(context, subjectId);
    const permissions = permissionsFor(issue).map((name) => [name, "write"] as const);
    requireWrite(context, issue.repository, { mutation: "addComment", role: "read", permissions });
    if (isShut(context, issue)) throw new Problem("FORBIDDEN", "Unable to create comment because issue is locked.");
    const comment = await addComment(context.forge, { issue, body }, actorOf(context));
    return { subject: issue.pull ?? issue, commentEdge: edgeTo(comment), timelineEdge: edgeTo(comment) };
  },
  updateIssueComment: async (context: Context, { id, body }: { id: string; body: string }) => {
    const { value: comment } = await findTarget(context, id, ["IssueComment"]);
    const { issue, author } = comment;
    requireWrite(context, issue.repository, {
      mutation: "updateIssueComment",
      ...needToEdit(context, author, ...permissionsFor(issue)),
    });
    await editComment(context.forge, { comment, body }, actorOf(context));
    return { issueComment: comment };
  },
  deleteIssueComment: async (context: Context, { id }: { id: string }) => {
    const { value: comment } = await findTarget(context, id, ["IssueComment"]);
    const { issue, author } = comment;
    requireWrite(context, issue.repository, {
      mutation: "deleteIssueComment",
      ...needToEdit(context, author, ...permissionsFor(issue)),
    });
    await deleteComment(context.forge, comment, actorOf(context));
    return {};
  },
  addReaction: async (context: Context, { subjectId, content }: ReactionInput) => {
    const { subject, reactions } = await findReactable(context, { subjectId, mutation: "addReaction" });
    const { reaction } = addReaction(
      context.forge,
      { reactions, content: toReactionContent(content) },
      actorOf(context),
    );
    return { reaction, subject, reactionGroups: groupReactions(subject, reactions) };
  },
  removeReaction: async (context: Context, { subjectId, content }: ReactionInput) => {
    const { subject, reactions } = await findReactable(context, { subjectId, mutation: "removeReaction" });
    const wanted = toReactionContent(content);
    const reaction = reactions.find((one) => one.user === context.viewer && one.content === wanted) ?? null;
    if (reaction !== null) removeReaction(context.forge, { reactions, reaction });
    return { reaction, subject, reactionGroups: groupReactions(subject, reactions) };
  },
};

/** What can be reacted to, once it is sure that the caller may. */
async function findReactable(context: Context, { subjectId, mutation }: { subjectId: string; mutation: string }) {
  const { type, value } = await findTarget(context, subjectId, [
    "Issue",
    "PullRequest",
    "IssueComment",
    "PullRequestReviewComment",
  ]);
  const found: { repository: Repository; reactions: Reaction[]; permissions: readonly string[] } =
    type === "PullRequestReviewComment"
      ? { repository: value.pull.issue.repository, reactions: value.reactions, permissions: ["pull_requests"] }
      : type === "IssueComment"
        ? { repository: value.issue.repository, reactions: value.reactions, permissions: permissionsFor(value.issue) }
        : reactableIssue(type === "Issue" ? value : value.issue);
  const permissions = found.permissions.map((name) => [name, "write"] as const);
  requireWrite(context, found.repository, { mutation, role: "read", permissions });
  return { subject: value, reactions: found.reactions };
}

function reactableIssue(issue: Parameters<typeof permissionsFor>[0]) {
  return { repository: issue.repository, reactions: issue.reactions, permissions: permissionsFor(issue) };
}
