import type { CreditSettings } from "../domain/credit/pull-request-credit.ts";
import type { ReleaseCredit } from "../domain/release/acknowledge.ts";
import { commitsInForce } from "../domain/release/commits-in-force.ts";
import { accountsInRelease, creditPulls, type ReleaseFacts } from "../domain/release/credit-pulls.ts";
import type { Reader } from "../github/create-reader.ts";
import type { Place } from "../github/place.ts";
import { type CommitWithPulls, readCommitsWithPulls } from "../github/read-commits-with-pulls.ts";
import { readPullRequestsByNumber } from "../github/read-pull-requests-by-number.ts";
import { type RangeOnGitHub, readPathsOfCommit } from "../github/read-range.ts";
import { readWorkBefore } from "../github/read-work-before.ts";
import type { ReleaseWishes } from "./read-release-wishes.ts";

interface Wanted {
  readonly repository: Place & { readonly id: number; readonly url: string };
  readonly range: RangeOnGitHub;
  readonly wishes: ReleaseWishes;
  readonly settings: CreditSettings;
}

/**
 * The credits of a range on GitHub: of each pull request whose merge is in it, and of the commits that came by none. Work that
 * is reverted in it does not count. Throws what GitHubClient throws, NotThere and QueryFailed.
 */
export async function creditRangeOnGitHub(reader: Reader, wanted: Wanted): Promise<readonly ReleaseCredit[]> {
  const { repository, range, settings } = wanted;
  const facts = await gather(reader, wanted);
  const newcomers = new Set<number>();
  if (range.before !== null) {
    const accounts = accountsInRelease(facts, settings);
    const { owner, name } = repository;
    const except = new Set(facts.pulls.map(({ number }) => number));
    const known = await readWorkBefore(reader, { owner, name, ...range.before, except }, accounts);
    for (const { id } of accounts) if (!known.has(id)) newcomers.add(id);
  }
  return creditPulls(facts, settings, (id) => newcomers.has(id));
}

async function gather(reader: Reader, { repository, range, wishes, settings }: Wanted): Promise<ReleaseFacts> {
  const { owner, name, id } = repository;
  const all = new Set(range.commits.map((commit) => commit.id));
  const inForce = commitsInForce(range.commits).map((commit) => commit.id);
  const commits = await readCommitsWithPulls(reader, { owner, name, id, shas: inForce });
  const counted = new Set(inForce);
  const numbers = new Set(
    commits.flatMap(({ pulls }) =>
      pulls.flatMap(({ number, commit }) => (commit && counted.has(commit) ? [number] : [])),
    ),
  );
  const wantsFiles = wishes.isPartOf !== null || Object.keys(settings.paths).length > 0;
  const readings = await readPullRequestsByNumber(reader, {
    owner,
    name,
    numbers: [...numbers].toSorted((left, right) => left - right),
    wantsComments: settings.commenters,
    wantsFiles,
  });
  // A pull request whose merge was reverted still brought its commits.
  const isDirect = ({ pulls }: CommitWithPulls): boolean =>
    !pulls.some(({ commit }) => commit !== null && all.has(commit));
  const direct: { facts: CommitWithPulls["facts"]; paths: readonly string[] }[] = [];
  for (const { facts } of commits.filter(isDirect)) {
    const paths = wantsFiles ? await readPathsOfCommit(reader, { owner, name, sha: facts.sha }) : [];
    direct.push({ facts, paths });
  }
  const isPartOf = (paths: readonly string[]): boolean => wishes.isPartOf === null || paths.some(wishes.isPartOf);
  return {
    repository,
    pulls: readings.map(({ facts }) => facts).filter(({ files }) => isPartOf(files)),
    commits: direct.filter(({ paths }) => isPartOf(paths)),
  };
}
