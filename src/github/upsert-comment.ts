import type { Applied, UpsertComment } from "../domain/action.ts";
import { mayHaveHappened, NotThere } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import { findOwnComments } from "./own-comments.ts";
import type { Place } from "./place.ts";

type Outcome = Omit<Applied, "action">;

/**
 * Makes one comment say what it should. It is never made twice: after an attempt of which nobody knows how it ended, and
 * after each that went well, the conversation is looked at again. Of several the oldest stays, whoever looks.
 */
export async function upsertComment(client: GitHubClient, repository: Place, action: UpsertComment): Promise<Outcome> {
  const { number, marker, body } = action;
  const existing =
    action.existing === undefined
      ? ((await findOwnComments(client, { ...repository, number }, marker))[0] ?? null)
      : action.existing;
  if (existing !== null) return editComment(client, repository, { existing, body });
  const attempt = await createComment(client, repository, action);
  const [oldest, ...younger] = await findOwnComments(client, { ...repository, number }, marker);
  if (oldest === undefined) {
    if (attempt.id === null) throw attempt.error;
    // A comment that is not shown yet is there all the same.
    return { outcome: "created", id: attempt.id };
  }
  for (const { id } of younger) await deleteComment(client, repository, id);
  if (oldest.id === attempt.id) return { outcome: "created", id: oldest.id };
  const edited = await editComment(client, repository, { existing: oldest, body });
  return edited.outcome === "gone" ? edited : { outcome: "adopted", id: edited.id };
}

/** Creates it; where nobody knows whether that went well, gives the error. */
async function createComment(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { number, body }: UpsertComment,
): Promise<{ id: number } | { id: null; error: unknown }> {
  try {
    const { data } = await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      owner,
      repo,
      issue_number: number,
      body,
    });
    return { id: Number(data.id) };
  } catch (error) {
    if (!mayHaveHappened(error)) throw error;
    return { id: null, error };
  }
}

async function editComment(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { existing: { id, body: now }, body }: { existing: { id: number; body: string }; body: string },
): Promise<Outcome> {
  if (sameText(now, body)) return { outcome: "unchanged", id };
  try {
    await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      owner,
      repo,
      comment_id: id,
      body,
    });
    return { outcome: "edited", id };
  } catch (error) {
    // Somebody has deleted it: whether there is still something to say is not ours to decide.
    if (error instanceof NotThere) return { outcome: "gone", id: null };
    throw error;
  }
}

async function deleteComment(client: GitHubClient, { owner, name: repo }: Place, id: number): Promise<void> {
  try {
    await client.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id: id });
  } catch (error) {
    // Whoever raced us has taken it away already.
    if (!(error instanceof NotThere)) throw error;
  }
}

/** GitHub keeps what it is given, but for the ends of lines and blanks at the end of all. */
function sameText(one: string, other: string): boolean {
  return one.replaceAll("\r\n", "\n").trimEnd() === other.replaceAll("\r\n", "\n").trimEnd();
}
