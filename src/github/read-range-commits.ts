import { z } from "zod";
import { comparePages, type ListedCommit, listedCommitShape, pageSize } from "./compare-pages.ts";
import { NotThere } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

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

/**
 * The commits that `to` holds and `from` does not, the newest first, a hundred with each request. Where the two have
 * nothing in common, or GitHub does not know `from`, it is all that `to` holds. Throws what GitHubClient throws, and NotThere where `to` is not
 * there.
 */
export async function readRangeCommits(
  client: Pick<GitHubClient, "request">,
  { owner, name, from, to }: RangeOfCommits,
): Promise<readonly ReadCommit[]> {
  if (from !== null) {
    const compared = await compare(client, { owner, name, from, to });
    if (compared !== null) return compared.toReversed();
  }
  return listAll(client, { owner, repo: name, sha: to });
}

/** The oldest first; null where there is nothing to compare. */
async function compare(
  client: Pick<GitHubClient, "request">,
  between: Parameters<typeof comparePages>[1],
): Promise<ReadCommit[] | null> {
  const commits: ReadCommit[] = [];
  try {
    for await (const page of comparePages(client, between)) {
      commits.push(...page.commits.map(toCommit));
      if (commits.length >= mostPages * pageSize) break;
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
    const answer = z.array(listedCommitShape).parse(data);
    commits.push(...answer.map(toCommit));
    if (answer.length < pageSize) break;
  }
  return commits;
}

function toCommit({ sha, parents, commit }: ListedCommit): ReadCommit {
  return { sha, parents: parents.map((parent) => parent.sha), message: commit.message };
}
