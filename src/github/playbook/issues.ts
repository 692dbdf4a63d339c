import { NotThere } from "../errors.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";

/** An issue to open; everybody in it can be assigned. */
export interface IssueToOpen {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  /** Of a milestone; null for none. */
  readonly milestone: number | null;
  readonly assignees: readonly string[];
}

/** An issue that is open. */
export interface OpenedIssue {
  readonly number: number;
  readonly url: string;
}

/** Opens an issue. Throws what GitHubClient throws. */
export async function openIssue(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { title, body, labels, milestone, assignees }: IssueToOpen,
): Promise<OpenedIssue> {
  const { data } = await client.request("POST /repos/{owner}/{repo}/issues", {
    owner,
    repo,
    title,
    body,
    labels: [...labels],
    assignees: [...assignees],
    ...(milestone !== null && { milestone }),
  });
  return { number: data.number, url: data.html_url };
}

/** The app's own issue with the marker in its text, among the repository's newest hundred; null where there is none. */
export async function findIssue(
  client: GitHubClient,
  { owner, name: repo }: Place,
  marker: string,
): Promise<OpenedIssue | null> {
  const author = `${await client.botLogin()}[bot]`;
  const { data } = await client.request("GET /repos/{owner}/{repo}/issues", {
    owner,
    repo,
    state: "all",
    sort: "created",
    direction: "desc",
    per_page: 100,
  });
  const found = data.find(({ user, body }) => user?.login === author && body?.includes(marker) === true);
  return found === undefined ? null : { number: found.number, url: found.html_url };
}

/** Whether somebody can be assigned to issues. Throws what GitHubClient throws. */
export async function canBeAssigned(
  client: GitHubClient,
  { owner, name: repo }: Place,
  assignee: string,
): Promise<boolean> {
  try {
    await client.request("GET /repos/{owner}/{repo}/assignees/{assignee}", { owner, repo, assignee });
    return true;
  } catch (error) {
    if (error instanceof NotThere) return false;
    throw error;
  }
}

/** Assigns somebody to an issue, besides whoever is. Throws what GitHubClient throws. */
export async function assign(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { number, login }: { readonly number: number; readonly login: string },
): Promise<void> {
  await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/assignees", {
    owner,
    repo,
    issue_number: number,
    assignees: [login],
  });
}
