import type { Applied, React } from "../domain/action.ts";
import { NotThere } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

/** Reacts to a comment; GitHub keeps one reaction of a kind, however often it is given. */
export async function react(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { commentId, content }: React,
): Promise<Omit<Applied, "action">> {
  try {
    const { data } = await client.request("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", {
      owner,
      repo,
      comment_id: commentId,
      content,
    });
    return { outcome: "created", id: data.id };
  } catch (error) {
    // Whoever wrote the comment has deleted it since.
    if (error instanceof NotThere) return { outcome: "gone", id: null };
    throw error;
  }
}
