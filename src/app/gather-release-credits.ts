import type { CreditSettings } from "../domain/credit/pull-request-credit.ts";
import type { ReleaseCredit } from "../domain/release/acknowledge.ts";
import { creditsOfWorks } from "../domain/release/credits-of-works.ts";
import { commitsNamed, type RangeWork, workKey, worksOfRange } from "../domain/release/range-works.ts";
import type { GitHubClient } from "../github/github-client.ts";
import { readRangeCommits } from "../github/read-range-commits.ts";
import type { ReleaseSurroundings } from "../github/read-release-surroundings.ts";
import { readIssuesCounted } from "../store/issues-counted.ts";
import { readLandedPullRequests } from "../store/pull-requests.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import { readWorkCredits } from "../store/work-credits.ts";
import { creditBranchCommits } from "./credit-branch-commits.ts";
import type { Deps } from "./deps.ts";
import { findReleaseNewcomers } from "./find-release-newcomers.ts";
import type { FoundRange } from "./find-release-range.ts";
import { keepToPaths } from "./keep-to-paths.ts";

export interface RangeToCredit {
  readonly key: RepositoryKey;
  readonly range: FoundRange;
  readonly repository: ReleaseSurroundings["repository"];
  /** What it is made of; null for everything. */
  readonly globs: readonly string[] | null;
  readonly settings: CreditSettings;
}

export interface RangeCredits {
  readonly works: readonly RangeWork[];
  readonly credits: readonly ReleaseCredit[];
}

/**
 * Whom to thank for a range: which commits it has is GitHub's to tell, at a request for a hundred of them, and whose they
 * are is the ledger's. Throws what GitHubClient throws.
 */
export async function gatherReleaseCredits(
  deps: Pick<Deps, "database" | "hash" | "octokitFor" | "clonesFolder">,
  client: GitHubClient,
  { key, range: { previous, to, until }, repository, globs, settings }: RangeToCredit,
): Promise<RangeCredits> {
  const { database } = deps;
  const place = { owner: repository.owner, name: repository.name };
  const commits = await readRangeCommits(client, { ...place, from: previous?.sha ?? null, to });
  const named = [...commits.map(({ sha }) => sha), ...commitsNamed(commits)];
  const pulls = await readLandedPullRequests(database, key, named);
  const all = worksOfRange(commits, pulls);
  const landed =
    globs === null
      ? all
      : await keepToPaths(deps, client, { commits, pulls, works: all }, { globs, url: repository.url });
  const time = { after: previous?.publishedAt ?? null, until };
  // Nobody can tell which part of a repository an issue is about.
  const issues = globs === null ? await readIssuesCounted(database, key, time) : [];
  const works = [...landed, ...issues.map((subject) => ({ subject, originals: [] }))];
  const subjects = works.flatMap(({ subject, originals }) => [subject, ...originals]);
  // Of an issue, some may have been thanked for before, and others be credited later.
  const counted = (await readWorkCredits(database, key, subjects)).filter(({ subject, countedAt }) => {
    return subject.kind !== "issue" || isWithin(time, countedAt);
  });
  const known = new Set(counted.map(({ subject }) => workKey(subject)));
  const unknown = landed.flatMap(({ subject }) => {
    return subject.kind === "commit" && !known.has(workKey(subject)) ? [subject.sha] : [];
  });
  // A release whose tag was there before it names the default branch as its target, wherever the tag is.
  const credits = [...counted, ...(await creditBranchCommits(deps, { key, place, shas: unknown }, settings))];
  const inRange = new Set(works.map(({ subject }) => workKey(subject)));
  const own = credits.filter(({ subject }) => inRange.has(workKey(subject)));
  // Of a first release everybody is new, and nobody is there yet to welcome them.
  const newcomers =
    previous === null
      ? new Set<string>()
      : await findReleaseNewcomers({ database }, client, { key, place, credits: own });
  return { works, credits: creditsOfWorks(works, credits, { web: new URL(repository.url).origin, newcomers }) };
}

/** After one moment, until another. */
function isWithin(
  { after, until }: { readonly after: Date | null; readonly until: Date | null },
  moment: Date,
): boolean {
  return (after === null || moment > after) && (until === null || moment <= until);
}
