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

export interface RangeToCredit {
  readonly key: RepositoryKey;
  readonly range: FoundRange;
  readonly repository: ReleaseSurroundings["repository"];
  /** The branch or commit that its tag was made of. */
  readonly target: string;
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
  deps: Pick<Deps, "database" | "hash" | "octokitFor">,
  client: GitHubClient,
  { key, range: { previous, to, until }, repository, target, settings }: RangeToCredit,
): Promise<RangeCredits> {
  const { database } = deps;
  const place = { owner: repository.owner, name: repository.name };
  const commits = await readRangeCommits(client, { ...place, from: previous?.sha ?? null, to });
  const named = [...commits.map(({ sha }) => sha), ...commitsNamed(commits)];
  const landed = worksOfRange(commits, await readLandedPullRequests(database, key, named));
  const issues = await readIssuesCounted(database, key, { after: previous?.publishedAt ?? null, until });
  const works = [...landed, ...issues.map((subject) => ({ subject, originals: [] }))];
  const subjects = works.flatMap(({ subject, originals }) => [subject, ...originals]);
  const counted = await readWorkCredits(database, key, subjects);
  const known = new Set(counted.map(({ subject }) => workKey(subject)));
  const unknown = landed.flatMap(({ subject }) => {
    return subject.kind === "commit" && !known.has(workKey(subject)) ? [subject.sha] : [];
  });
  const shas = target === repository.defaultBranch ? [] : unknown;
  const credits = [...counted, ...(await creditBranchCommits(deps, { key, place, shas }, settings))];
  const inRange = new Set(works.map(({ subject }) => workKey(subject)));
  const own = credits.filter(({ subject }) => inRange.has(workKey(subject)));
  // Of a first release everybody is new, and nobody is there yet to welcome them.
  const newcomers =
    previous === null
      ? new Set<string>()
      : await findReleaseNewcomers({ database }, client, { key, place, credits: own });
  return { works, credits: creditsOfWorks(works, credits, { web: new URL(repository.url).origin, newcomers }) };
}
