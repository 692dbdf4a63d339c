import { z } from "zod";
import { NotThere } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

/** As many as GitHub gives with one page. */
const pageSize = 100;
/** More commits than that are not read one page after the other. */
const mostPages = 200;

export interface RangeOfCommits extends Place {
  /** Null for all that `to` holds. */
  readonly from: string | null;
  readonly to: string;
}

export interface ReadCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly message: string;
}

const commitShape = z.object({
  sha: z.string(),
  parents: z.array(z.object({ sha: z.string() })),
  commit: z.object({ message: z.string() }),
});
const compareShape = z.object({ total_commits: z.number(), commits: z.array(commitShape) });

/**
 * The commits that `to` holds and `from` does not, the newest first, a hundred with each request. Where the two have
 * nothing in common, or GitHub does not know `from`, it is all that `to` holds. Throws what GitHubClient throws, and NotThere where `to` is not
 * there. https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
export async function readRangeCommits(
  client: Pick<GitHubClient, "request">,
  { owner, name: repo, from, to }: RangeOfCommits,
): Promise<readonly ReadCommit[]> {
  if (from !== null) {
    const compared = await compare(client, { owner, repo, basehead: `${from}...${to}` });
    if (compared !== null) return compared.toReversed();
  }
  return listAll(client, { owner, repo, sha: to });
}

/** The oldest first; null where there is nothing to compare. */
async function compare(
  client: Pick<GitHubClient, "request">,
  range: { readonly owner: string; readonly repo: string; readonly basehead: string },
): Promise<ReadCommit[] | null> {
  const commits: ReadCommit[] = [];
  try {
    for (let page = 1; page <= mostPages; page += 1) {
      const { data } = await client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
        ...range,
        per_page: pageSize,
        page,
      });
      const answer = compareShape.parse(data);
      commits.push(...answer.commits.map(toCommit));
      if (commits.length >= answer.total_commits || answer.commits.length === 0) break;
    }
    return commits;
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}

async function listAll(
  client: Pick<GitHubClient, "request">,
  place: { readonly owner: string; readonly repo: string; readonly sha: string },
): Promise<ReadCommit[]> {
  const commits: ReadCommit[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await client.request("GET /repos/{owner}/{repo}/commits", { ...place, per_page: pageSize, page });
    const answer = z.array(commitShape).parse(data);
    commits.push(...answer.map(toCommit));
    if (answer.length < pageSize) break;
  }
  return commits;
}

function toCommit({ sha, parents, commit }: z.infer<typeof commitShape>): ReadCommit {
  return { sha, parents: parents.map((parent) => parent.sha), message: commit.message };
}
