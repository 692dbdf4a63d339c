import { type CommentAnswer, commentsAnswerShape, itemsOf } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";
import { commentsQuery } from "./pull-request-query.ts";
import { requireData } from "./require-data.ts";

/** Whether the app with this login wrote a comment, and it is the one with the marker. */
export function isOwnComment(
  { author, body }: Pick<CommentAnswer, "author" | "body">,
  { login, marker }: { login: string; marker: string },
): boolean {
  return author?.type === "Bot" && author.login.replace(/\[bot\]$/, "") === login && body.includes(marker);
}

export interface Conversation extends Place {
  readonly number: number;
}

/** This app's comments with the marker among the newest hundred of a conversation, the oldest first. */
export async function findOwnComments(
  client: GitHubClient,
  { owner, name, number }: Conversation,
  marker: string,
): Promise<{ id: number; body: string }[]> {
  const login = await client.botLogin();
  const data = requireData(await client.query(commentsQuery, { owner, name, number }));
  return itemsOf(commentsAnswerShape.parse(data).repository.issueOrPullRequest.comments)
    .filter((comment) => isOwnComment(comment, { login, marker }))
    .map(({ fullDatabaseId: id, body }) => ({ id, body }))
    .toSorted((one, other) => one.id - other.id);
}
