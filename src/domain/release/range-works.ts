import { findDirectCommits } from "../ledger/direct-commits.ts";
import { type Subject, subjectKey } from "../ledger/subject.ts";
import { originalsOf } from "./ported-commit.ts";
import { worksInForce } from "./works-in-force.ts";

/** A commit of a release's range. */
export interface RangeCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly message: string;
}

/** A merged pull request, as far as releases need to know it. */
export interface LandedPullRequest {
  readonly number: number;
  /** The commit that landed last. */
  readonly landedSha: string;
  /** How many commits landed, one upon the other. */
  readonly landedCommits: number;
  /** The numbers of the pull requests whose work it brings to another branch, and of those that it takes back. */
  readonly backportOf: readonly number[];
  readonly reverts: readonly number[];
}

/** Something that a release is made of. */
export interface RangeWork {
  readonly subject: Subject;
  /** The works that it brings from elsewhere; none for what was done here. */
  readonly originals: readonly Subject[];
}

/** What `git revert` writes, of one commit; a message may have several. */
const revertLine = /^This reverts commit ([\da-f]{40,64})\b/gim;

/** Tells works from each other, within one repository. */
export function workKey(subject: Subject): string {
  return `${subject.kind} ${subjectKey(subject)}`;
}

/** The commits outside a range that its messages name as where they were picked from, or as what they take back. */
export function commitsNamed(commits: readonly RangeCommit[]): readonly string[] {
  const own = new Set(commits.map(({ sha }) => sha));
  const named = commits.flatMap((commit) => [...originalsOf(commit), ...revertedBy(commit)]);
  return [...new Set(named)].filter((sha) => !own.has(sha));
}

/**
 * What a range of commits, the newest first, consists of: the pull requests that landed in it, and the commits that came by
 * none. What was taken back within the range is left out. Of the pull requests those count that landed in the range; the
 * others are there to know what a picked commit was.
 */
export function worksOfRange(
  commits: readonly RangeCommit[],
  pulls: readonly LandedPullRequest[],
): readonly RangeWork[] {
  const ancestry = new Map(commits.map(({ sha, parents }) => [sha, parents]));
  const landed = new Map(pulls.map((pull) => [pull.landedSha, pull]));
  const landings = pulls.map(({ landedSha: sha, landedCommits }) => ({ sha, commits: landedCommits }));
  const direct = new Set(findDirect(commits, { ancestry, landings }));
  const subjectOf = (sha: string): Subject => {
    const pull = landed.get(sha);
    return pull === undefined ? { kind: "commit", sha } : { kind: "pull request", number: pull.number };
  };
  const works = commits
    .filter(({ sha }) => direct.has(sha) || landed.has(sha))
    .map((commit) => {
      const pull = landed.get(commit.sha);
      const reverts = (pull?.reverts ?? []).map((number): Subject => ({ kind: "pull request", number }));
      const backports = (pull?.backportOf ?? []).map((number): Subject => ({ kind: "pull request", number }));
      const picked = originalsOf(commit).slice(0, 1).map(subjectOf);
      const subject = subjectOf(commit.sha);
      const isElsewhere = (other: Subject): boolean => workKey(other) !== workKey(subject);
      return {
        subject,
        originals: (backports.length > 0 ? backports : picked).filter(isElsewhere),
        reverts: [...reverts, ...revertedBy(commit).map(subjectOf)].filter(isElsewhere).map(workKey),
        // What does something else as well stays, though it takes something back.
        isRevertAlone: /\brevert/i.test(commit.message.replace(revertLine, "")),
        key: workKey(subject),
      };
    });
  return worksInForce(works).map(({ subject, originals }) => ({ subject, originals }));
}

/** The commits that came by no pull request; each one that nothing in the range holds is where a line of them begins. */
function findDirect(
  commits: readonly RangeCommit[],
  {
    ancestry,
    landings,
  }: {
    ancestry: ReadonlyMap<string, readonly string[]>;
    landings: readonly { readonly sha: string; readonly commits: number }[];
  },
): readonly string[] {
  const [head] = commits;
  return head === undefined ? [] : findDirectCommits(ancestry, { head: head.sha, landings });
}

/** The ids of the commits that one says it takes back, as `git revert` writes them: in whole. */
function revertedBy({ message }: Pick<RangeCommit, "message">): readonly string[] {
  return Array.from(message.matchAll(revertLine), ([, sha = ""]) => sha.toLowerCase());
}
