import { z } from "zod";
import { lastMeeting } from "../domain/ledger/last-meeting.ts";
import { NotThere } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

/** As many as GitHub gives with one page. */
const pageSize = 100;

export interface Between extends Place {
  readonly from: string;
  readonly to: string;
  /** How many commits are enough for once. */
  readonly most: number;
}

export interface NewCommits {
  /** The oldest first. */
  readonly shas: readonly string[];
  /** The commit up to which these are all: `to` where there are no more. */
  readonly upTo: string;
}

const answerShape = z.object({
  total_commits: z.number(),
  merge_base_commit: z.object({ sha: z.string() }),
  commits: z.array(z.object({ sha: z.string(), parents: z.array(z.object({ sha: z.string() })) })),
});

/**
 * The commits that `to` holds and `from` does not; where they are more than enough, the older ones up to a commit that
 * holds all of them, so that the others are those since. Null where GitHub does not know `from` any more, or the two have
 * nothing in common. Throws what GitHubClient throws.
 * https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
export async function readNewCommits(
  client: Pick<GitHubClient, "request">,
  { owner, name: repo, from, to, most }: Between,
): Promise<NewCommits | null> {
  const basehead = `${from}...${to}`;
  const commits: z.infer<typeof answerShape>["commits"] = [];
  try {
    for (let page = 1; ; page += 1) {
      const { data } = await client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
        owner,
        repo,
        basehead,
        per_page: pageSize,
        page,
      });
      const answer = answerShape.parse(data);
      commits.push(...answer.commits);
      if (commits.length >= answer.total_commits || answer.commits.length === 0) {
        return { shas: commits.map(({ sha }) => sha), upTo: to };
      }
      const meeting = commits.length < most ? null : lastMeeting(commits, answer.merge_base_commit.sha);
      // One that stands near the beginning is not worth the requests that the others take again.
      if (meeting !== null && meeting >= most / 2) {
        return { shas: commits.slice(0, meeting + 1).map(({ sha }) => sha), upTo: commits[meeting]?.sha ?? to };
      }
    }
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}
