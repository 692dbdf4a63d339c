import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";

/** A pull request, open or not. */
export interface Proposal {
  readonly number: number;
  readonly url: string;
}

/** The pull request of a branch of the repository's own, whatever became of it; null where there was none. */
export async function findProposal(
  client: GitHubClient,
  { owner, name: repo }: Place,
  branch: string,
): Promise<Proposal | null> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/pulls", {
    owner,
    repo,
    head: `${owner}:${branch}`,
    state: "all",
    per_page: 1,
  });
  const [found] = data;
  return found === undefined ? null : { number: found.number, url: found.html_url };
}

/** Opens a pull request; GitHub refuses a second one of its branch. Throws what GitHubClient throws. */
export async function openProposal(
  client: GitHubClient,
  { owner, name: repo }: Place,
  proposal: { readonly title: string; readonly body: string; readonly head: string; readonly base: string },
): Promise<Proposal> {
  const { data } = await client.request("POST /repos/{owner}/{repo}/pulls", { owner, repo, ...proposal });
  return { number: data.number, url: data.html_url };
}
