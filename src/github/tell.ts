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
 * there is none. A thing with the same marker is told once.
 */
export async function tell(client: GitHubClient, place: Place, action: Tell): Promise<Omit<Applied, "action">> {
  const { marker, title, introduction, body } = action;
  const number = (await findIssue(client, place)) ?? (await openIssue(client, place, { title, introduction }));
  return upsertComment(client, place, { kind: "upsert comment", number, marker, body: `${marker}\n${body}` });
}

/** The oldest one that is open. https://docs.github.com/en/rest/issues/issues#list-repository-issues */
async function findIssue(client: GitHubClient, { owner, name: repo }: Place): Promise<number | null> {
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
  return issues.find(({ body }) => body?.includes(issueMarker))?.number ?? null;
}

async function openIssue(
  client: GitHubClient,
  place: Place,
  { title, introduction }: Pick<Tell, "title" | "introduction">,
): Promise<number> {
  const { owner, name: repo } = place;
  try {
    const body = `${issueMarker}\n${introduction}`;
    const { data } = await client.request("POST /repos/{owner}/{repo}/issues", { owner, repo, title, body });
    return data.number;
  } catch (error) {
    const found = mayHaveHappened(error) ? await findIssue(client, place) : null;
    if (found === null) throw error;
    return found;
  }
}
