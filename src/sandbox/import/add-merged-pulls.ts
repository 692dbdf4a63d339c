import type { Identity } from "../../domain/credit/identity.ts";
import type { Person } from "../../domain/credit/people.ts";
import { markMerged } from "../actions/change-refs.ts";
import { record } from "../actions/issues.ts";
import { addPull } from "../actions/pulls.ts";
import { type Forge, gitDirectory } from "../forge.ts";
import { gitIn } from "../git/git-in.ts";
import { updateRefs } from "../git/update-refs.ts";
import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import type { Landing } from "./parse-landing.ts";
import type { ReadCommit, ReadHistory } from "./read-history.ts";

/** A pull request as its landing on the default branch tells of it. */
interface LandedPull extends Landing {
  readonly commit: string;
  /** The first parent of the commit that landed. */
  readonly base: string;
  readonly head: string;
  /** What it brought, oldest first. */
  readonly commits: readonly string[];
  readonly author: Account;
  readonly merger: Account;
  readonly openedAt: Date;
  readonly mergedAt: Date;
}

export interface PullsToAdd {
  readonly repository: Repository;
  readonly history: ReadHistory;
  readonly accounts: ReadonlyMap<Person, Account>;
  /** The tip of the default branch. */
  readonly tip: string;
}

/**
 * Adds the merged pull requests that the first-parent history of the default branch tells of, and tells nobody.
 *
 * The head of a merge commit's is its second parent. That of a squash is the commit that landed, for the commits that
 * were squashed are gone: such a pull request has this one commit. Of several with one number the oldest counts.
 * Without a first parent, as where a shallow history ends, there is nothing that it could have changed: it is skipped.
 */
export async function addMergedPulls(forge: Forge, wanted: PullsToAdd): Promise<{ added: number; skipped: number }> {
  const { repository } = wanted;
  const { pulls, skipped } = findLandedPulls(forge, wanted);
  for (const pull of pulls.toSorted((left, right) => left.number - right.number))
    addMergedPull(forge, repository, pull);
  const refs = pulls.map(({ number, head }) => ({ ref: `refs/pull/${number}/head`, from: null, to: head }));
  const directory = gitDirectory(forge, repository);
  await updateRefs(directory, refs);
  // By thousands git reads them from one file much faster than from one each.
  await gitIn(directory, ["pack-refs", "--all"]);
  return { added: pulls.length, skipped };
}

function addMergedPull(forge: Forge, repository: Repository, pull: LandedPull): void {
  const opened = { ...forge, clock: () => pull.openedAt };
  const { number, title, body, base, head, commits, commit } = pull;
  repository.nextIssueNumber = number;
  const author = { account: pull.author, viaAppId: null };
  const branches = { base: repository.defaultBranch, head: pull.branch ?? `pull-${number}` };
  const added = addPull(opened, { repository, title, body, ...branches, baseCommit: base, headCommit: head }, author);
  record(opened, added.issue, author, { kind: "committed", commits });
  const merger = { account: pull.merger, viaAppId: null };
  markMerged({ ...forge, clock: () => pull.mergedAt }, { pull: added, commit }, merger);
}

function findLandedPulls(forge: Forge, wanted: PullsToAdd): { pulls: LandedPull[]; skipped: number } {
  const { commits } = wanted.history;
  const landed = new Set<string>();
  const pulls = new Map<number, LandedPull>();
  const withoutBase = new Set<number>();
  for (const sha of firstParents(commits, wanted.tip)) {
    const commit = commits.get(sha);
    const [base, head = sha] = commit?.parents ?? [];
    const brought = takeNew(commits, head, landed);
    takeNew(commits, sha, landed);
    if (!commit?.landing || pulls.has(commit.landing.number) || withoutBase.has(commit.landing.number)) continue;
    const headCommit = commits.get(head);
    if (base === undefined || headCommit === undefined || !commits.has(base)) {
      withoutBase.add(commit.landing.number);
      continue;
    }
    const { committer, ...landing } = commit.landing;
    const author = accountOf(forge, wanted, headCommit.author);
    // What is merged on its pages, GitHub commits. Who pressed the button is then the author of a merge commit; of a
    // squash nobody can tell, and its author stands there.
    const whoLanded = accountOf(forge, wanted, commit.author, author);
    pulls.set(landing.number, {
      ...landing,
      commit: sha,
      base,
      head,
      commits: brought,
      author,
      merger: isGitHub(committer) ? whoLanded : accountOf(forge, wanted, committer, whoLanded),
      openedAt: headCommit.authored < commit.committed ? headCommit.authored : commit.committed,
      mergedAt: commit.committed,
    });
  }
  return { pulls: [...pulls.values()], skipped: withoutBase.size };
}

/** The ids from the first commit of a branch to its tip. */
function firstParents(commits: ReadonlyMap<string, ReadCommit>, tip: string): string[] {
  const chain: string[] = [];
  for (let sha: string | undefined = tip; sha !== undefined && commits.has(sha); ) {
    chain.push(sha);
    sha = commits.get(sha)?.parents[0];
  }
  return chain.toReversed();
}

/** What a commit reaches that had not landed; from then on it has. Parents come before what was built on them. */
function takeNew(commits: ReadonlyMap<string, ReadCommit>, tip: string, landed: Set<string>): string[] {
  const taken: string[] = [];
  const open = [tip];
  for (let sha = open.at(-1); sha !== undefined; sha = open.at(-1)) {
    const parents = landed.has(sha) ? [] : (commits.get(sha)?.parents ?? []);
    const next = parents.findLast((parent) => commits.has(parent) && !landed.has(parent));
    if (next !== undefined) {
      open.push(next);
      continue;
    }
    open.pop();
    if (landed.has(sha)) continue;
    landed.add(sha);
    taken.push(sha);
  }
  return taken;
}

/** Assistants have no account; what they made stands under the ghost's name, as what nobody's account made. */
function accountOf(
  forge: Forge,
  { history, accounts }: PullsToAdd,
  identity: Identity,
  other = forge.state.ghost,
): Account {
  return accounts.get(history.people.find(identity)) ?? other;
}

function isGitHub({ address }: Identity): boolean {
  return address?.toLowerCase() === "noreply@github.com";
}
