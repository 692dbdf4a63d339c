import type { Actor, Forge } from "../forge.ts";
import type { Comment, Issue, Reaction, ReactionContent } from "../model/issue.ts";
import { nextIdentity } from "../model/state.ts";
import { invalid } from "../refusal.ts";
import { requireBody } from "./issues.ts";

export async function addComment(
  forge: Forge,
  { issue, body }: { issue: Issue; body: string },
  actor: Actor,
): Promise<Comment> {
  requireText(body);
  const now = forge.clock();
  const comment: Comment = {
    ...nextIdentity(forge.state, "IssueComment"),
    issue,
    author: actor.account,
    body,
    edited: null,
    viaAppId: actor.viaAppId,
    reactions: [],
    createdAt: now,
    updatedAt: now,
  };
  issue.comments.push(comment);
  issue.updatedAt = now;
  forge.state.comments.set(comment.id, comment);
  forge.state.nodes.set(comment.nodeId, { type: "IssueComment", value: comment });
  await forge.announce({ event: "issue_comment", action: "created", comment, sender: actor.account });
  return comment;
}

export async function editComment(
  forge: Forge,
  { comment, body }: { comment: Comment; body: string },
  actor: Actor,
): Promise<void> {
  requireText(body);
  const changes = { body: { from: comment.body } };
  const now = forge.clock();
  Object.assign(comment, { body, updatedAt: now, edited: { at: now, by: actor.account } });
  await forge.announce({ event: "issue_comment", action: "edited", comment, changes, sender: actor.account });
}

export async function deleteComment(forge: Forge, comment: Comment, actor: Actor): Promise<void> {
  const { comments } = comment.issue;
  comments.splice(comments.indexOf(comment), 1);
  forge.state.comments.delete(comment.id);
  forge.state.nodes.delete(comment.nodeId);
  await forge.announce({ event: "issue_comment", action: "deleted", comment, sender: actor.account });
}

function requireText(body: string): void {
  if (body.trim() === "") throw invalid({ resource: "IssueComment", field: "body", code: "missing_field" });
  requireBody(body, "IssueComment");
}

/** Adds a reaction, or finds the same one by the same account. Webhooks do not tell of reactions. */
export function addReaction(
  forge: Forge,
  { reactions, content }: { reactions: Reaction[]; content: ReactionContent },
  actor: Actor,
): { reaction: Reaction; isNew: boolean } {
  const existing = reactions.find((reaction) => reaction.user === actor.account && reaction.content === content);
  if (existing !== undefined) return { reaction: existing, isNew: false };
  const reaction = { ...nextIdentity(forge.state, "Reaction"), user: actor.account, content, createdAt: forge.clock() };
  reactions.push(reaction);
  forge.state.nodes.set(reaction.nodeId, { type: "Reaction", value: reaction });
  return { reaction, isNew: true };
}

export function removeReaction(
  forge: Forge,
  { reactions, reaction }: { reactions: Reaction[]; reaction: Reaction },
): void {
  reactions.splice(reactions.indexOf(reaction), 1);
  forge.state.nodes.delete(reaction.nodeId);
}
