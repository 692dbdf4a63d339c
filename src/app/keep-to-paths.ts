import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { matchesPath } from "../domain/config/matches-path.ts";
import type { LandedPullRequest, RangeCommit, RangeWork } from "../domain/release/range-works.ts";
import { cloneHistory, removeClone } from "../git/clone-history.ts";
import { readChangedPaths } from "../git/read-changed-paths.ts";
import type { GitHubClient } from "../github/github-client.ts";
import type { Deps } from "./deps.ts";

/** How long a clone may take, in milliseconds. */
const patience = 10 * 60 * 1000;

interface WorksToFilter {
  readonly commits: readonly RangeCommit[];
  readonly pulls: readonly LandedPullRequest[];
  readonly works: readonly RangeWork[];
}

interface Paths {
  readonly globs: readonly string[];
  /** Of the repository, by http or https. */
  readonly url: string;
}

/**
 * The works of a range that change a path which one of the globs matches. What commits change is read from a clone without
 * files, which is gone afterwards: GitHub would have to be asked for each. Throws a UserError where git cannot clone.
 */
export async function keepToPaths(
  { clonesFolder }: Pick<Deps, "clonesFolder">,
  client: Pick<GitHubClient, "token">,
  { commits, pulls, works }: WorksToFilter,
  { globs, url }: Paths,
): Promise<readonly RangeWork[]> {
  const [head] = commits;
  if (head === undefined || works.length === 0) return works;
  const directory = join(clonesFolder, `release-${randomUUID()}`);
  const signal = AbortSignal.timeout(patience);
  try {
    const wanted = { directory, url: `${url}.git`, branch: null, head: head.sha, token: client.token, signal };
    const clone = await cloneHistory(wanted);
    // Without a branch what comes is the commit, or an error.
    if (clone === null) return [];
    const shasOf = landedShas(commits, pulls);
    const changes = await readChangedPaths(
      clone,
      works.flatMap((work) => shasOf(work)),
    );
    return works.filter((work) => {
      const paths = shasOf(work).flatMap((sha) => changes.get(sha)?.paths ?? []);
      return paths.some((path) => matchesPath(globs, path));
    });
  } finally {
    await removeClone(directory);
  }
}

/** Which commits a work landed as. */
function landedShas(
  commits: readonly RangeCommit[],
  pulls: readonly LandedPullRequest[],
): (work: RangeWork) => readonly string[] {
  const parents = new Map(commits.map((commit) => [commit.sha, commit.parents]));
  const byNumber = new Map(pulls.map((pull) => [pull.number, pull]));
  return ({ subject }) => {
    if (subject.kind !== "pull request") return subject.kind === "commit" ? [subject.sha] : [];
    const { landedSha, landedCommits = 0 } = byNumber.get(subject.number) ?? {};
    const shas: string[] = [];
    for (let sha = landedSha; sha !== undefined && parents.has(sha) && shas.length < landedCommits; ) {
      shas.push(sha);
      sha = parents.get(sha)?.[0];
    }
    return shas;
  };
}
