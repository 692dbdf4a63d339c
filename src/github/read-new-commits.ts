import { lastMeeting } from "../domain/ledger/last-meeting.ts";
import { comparePages, type ListedCommit } from "./compare-pages.ts";
import { NotThere } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

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

/**
 * The commits that `to` holds and `from` does not; where they are more than enough, the older ones up to a commit that
 * holds all of them, so that the others are those since. Null where GitHub does not know `from` any more, or the two have
 * nothing in common. Throws what GitHubClient throws.
 */
export async function readNewCommits(
  client: Pick<GitHubClient, "request">,
  { most, ...between }: Between,
): Promise<NewCommits | null> {
  const commits: ListedCommit[] = [];
  try {
    for await (const { commits: page, mergeBase, isLast } of comparePages(client, between)) {
      commits.push(...page);
      const meeting = isLast || commits.length < most ? null : lastMeeting(commits, mergeBase);
      // One that stands near the beginning is not worth the requests that the others take again.
      if (meeting !== null && meeting >= most / 2) {
        return { shas: commits.slice(0, meeting + 1).map(({ sha }) => sha), upTo: commits[meeting]?.sha ?? between.to };
      }
    }
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
  return { shas: commits.map(({ sha }) => sha), upTo: between.to };
}
