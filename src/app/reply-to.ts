import type { Reply, ReplyPart } from "../domain/command/compose-reply.ts";
import type { CommandComment } from "../domain/command/conversation.ts";
import { referenceOf } from "../domain/reference.ts";
import { applyActions } from "../github/apply-actions.ts";
import type { GitHubClient } from "../github/github-client.ts";
import type { Deps } from "./deps.ts";

interface Speaking {
  readonly client: GitHubClient;
  /** With the number 0 where it is the issue's own text. */
  readonly comment: CommandComment;
}

interface Said {
  readonly parts: readonly ReplyPart[];
  /** How many commands were refused, of how many. */
  readonly refused: number;
  readonly all: number;
}

/** Replies to a comment's commands, where there is something to say, and shows beside the comment how it went. */
export async function replyTo(
  deps: Deps,
  { installationId, ...speaking }: Speaking & { readonly installationId: number },
  { parts, refused, all }: Said,
): Promise<void> {
  const { client, comment } = speaking;
  const { repository, number } = comment.conversation;
  // An issue's own text has no number among comments.
  const reference = referenceOf(`${repository.id} ${comment.id === 0 ? `issue ${number}` : comment.id}`);
  const isRefused = refused > 0;
  if (isRefused) deps.log.info({ installation: installationId, reference }, "a command was refused");
  const said = { parts, reference: isRefused ? reference : null, othersDone: refused < all };
  if (parts.length > 0) await say(deps, speaking, said);
  if (comment.id === 0) return;
  const content = isRefused ? "confused" : "rocket";
  await applyActions(client, repository, [{ kind: "react", commentId: comment.id, content }]);
}

/** Says it in the one reply to a comment, however often this is run. */
export async function say(
  { templates }: Pick<Deps, "templates">,
  { client, comment }: Speaking,
  said: Reply,
): Promise<void> {
  const { repository, number } = comment.conversation;
  const marker = `<!-- curtain-call:reply ${comment.id} -->`;
  const body = `${marker}\n${templates.reply(said).trimEnd()}\n`;
  await applyActions(client, repository, [{ kind: "upsert comment", number, marker, body }]);
}
