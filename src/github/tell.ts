import { z } from "zod";
import type { Applied, Tell } from "../domain/action.ts";
import { mayHaveHappened } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";
import { upsertComment } from "./upsert-comment.ts";

/** What the one issue of a repository has in it that such things are told in. */
const issueMarker = "<!-- curtain-call:needs-a-look -->";

const answerShape = z.array(
  z.object({ number: z.number(), body: z.string().nullish(), pull_request: z.unknown().optional() }),
);

/**
 * Tells those who look after a repository of something, by a comment on this app's one open issue there, which is opened where
 * there is none. Of several the oldest stays, whoever looks. A thing with the same marker is told once.
 */
export async function tell(client: GitHubClient, place: Place, action: Tell): Promise<Omit<Applied, "action">> {
  const { marker, title, introduction, body } = action;
  const [found] = await findIssues(client, place);
  const number = found ?? (await openIssue(client, place, { title, introduction }));
  return upsertComment(client, place, { kind: "upsert comment", number, marker, body: `${marker}\n${body}` });
}

/** Those that are open, the oldest first. https://docs.github.com/en/rest/issues/issues#list-repository-issues */
async function findIssues(client: GitHubClient, { owner, name: repo }: Place): Promise<number[]> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/issues", {
    owner,
    repo,
    creator: `${await client.botLogin()}[bot]`,
    state: "open",
    sort: "created",
    direction: "asc",
    per_page: 100,
  });
  const issues = answerShape.parse(data).filter((issue) => issue.pull_request === undefined);
  return issues.flatMap(({ number, body }) => (body?.includes(issueMarker) ? [number] : []));
}

/** Opens one, and looks again: somebody else of ours may have opened one at the same moment. */
async function openIssue(
  client: GitHubClient,
  place: Place,
  texts: Pick<Tell, "title" | "introduction">,
): Promise<number> {
  const attempt = await createIssue(client, place, texts);
  const [oldest, ...younger] = await findIssues(client, place);
  if (oldest === undefined) {
    if (attempt.number === null) throw attempt.error;
    // An issue that is not shown yet is there all the same.
    return attempt.number;
  }
  for (const number of younger) await closeAsDuplicate(client, place, number);
  return oldest;
}

/** Creates it; where nobody knows whether that went well, gives the error. */
async function createIssue(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { title, introduction }: Pick<Tell, "title" | "introduction">,
): Promise<{ number: number } | { number: null; error: unknown }> {
  try {
    const body = `${issueMarker}\n${introduction}`;
    const { data } = await client.request("POST /repos/{owner}/{repo}/issues", { owner, repo, title, body });
    return { number: data.number };
  } catch (error) {
    if (!mayHaveHappened(error)) throw error;
    return { number: null, error };
  }
}

async function closeAsDuplicate(client: GitHubClient, { owner, name: repo }: Place, number: number): Promise<void> {
  await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
    owner,
    repo,
    issue_number: number,
    state: "closed",
    state_reason: "duplicate",
  });
}
