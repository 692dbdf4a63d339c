import { z } from "zod";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

/** As many commits as GitHub gives with one page. */
export const pageSize = 100;

const personShape = z
  .object({ name: z.string().nullish(), email: z.string().nullish(), date: z.string().nullish() })
  .nullable();

/** A commit, as REST lists it. */
export const listedCommitShape = z.object({
  sha: z.string(),
  parents: z.array(z.object({ sha: z.string() })),
  commit: z.object({ message: z.string(), author: personShape, committer: personShape }),
});

const comparisonShape = z.object({
  total_commits: z.number(),
  base_commit: listedCommitShape.omit({ parents: true }),
  merge_base_commit: z.object({ sha: z.string() }),
  commits: z.array(listedCommitShape),
});

export type ListedCommit = z.infer<typeof listedCommitShape>;

/** A page of a comparison. */
export interface ComparedPage {
  /** The oldest first. */
  readonly commits: readonly ListedCommit[];
  /** What `from` names. */
  readonly base: Pick<ListedCommit, "sha" | "commit">;
  /** The commit that both hold. */
  readonly mergeBase: string;
  readonly isLast: boolean;
}

/**
 * The commits that `to` holds and `from` does not, page by page; the first page may be empty. Each end is a commit's id, a branch or anything
 * else that names one. Throws what GitHubClient throws, and NotThere where an end is none, or the two have nothing in common.
 * https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
export async function* comparePages(
  client: Pick<GitHubClient, "request">,
  { owner, name: repo, from, to }: Place & { readonly from: string; readonly to: string },
): AsyncGenerator<ComparedPage> {
  let read = 0;
  for (let page = 1; ; page += 1) {
    const { data } = await client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      owner,
      repo,
      basehead: `${from}...${to}`,
      per_page: pageSize,
      page,
    });
    const { commits, total_commits: total, base_commit: base, merge_base_commit } = comparisonShape.parse(data);
    read += commits.length;
    const isLast = read >= total || commits.length === 0;
    yield { commits, base, mergeBase: merge_base_commit.sha, isLast };
    if (isLast) return;
  }
}
