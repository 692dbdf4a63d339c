import { tipOf } from "../actions/change-refs.ts";
import { type Forge, gitDirectory } from "../forge.ts";
import { listCommits } from "../git/list-commits.ts";
import { readParents } from "../git/read-parents.ts";
import type { PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";

/** The pull requests that a commit belongs to, by its id. */
export type PullsOfCommits = (sha: string) => readonly PullRequest[];

/**
 * Tells of any commit of a repository which pull requests it belongs to. What is on the default branch belongs to the
 * merged ones that brought it there, which is none where somebody pushed it; everything else to the merged and open ones
 * that it is in. https://docs.github.com/rest/commits/commits#list-pull-requests-associated-with-a-commit
 */
export async function readPullsOfCommits(forge: Forge, repository: Repository): Promise<PullsOfCommits> {
  const directory = gitDirectory(forge, repository);
  const [parents, tip] = await Promise.all([
    readParents(directory),
    tipOf(forge, repository, repository.defaultBranch),
  ]);
  const places = placesOnBranch(parents, tip);
  const brought = new Map<string, PullRequest[]>();
  const contained = new Map<string, PullRequest[]>();

  /** What a commit reaches and the base of a pull request does not. */
  async function newIn(sha: string, base: string): Promise<readonly string[]> {
    const place = places.get(base);
    if (place?.isFirst === true && parents.has(sha)) return walk(parents, sha, (one) => isBefore(one, place.index));
    const commits = await listCommits(directory, { include: [sha], exclude: [base] });
    return commits.map((commit) => commit.sha);
  }

  function isBefore(sha: string, index: number): boolean {
    const place = places.get(sha);
    return place !== undefined && place.index <= index;
  }

  for (const { pull, state } of repository.issues.values()) {
    if (pull === null || (state === "closed" && pull.merged === null)) continue;
    const own = await newIn(pull.head.commit, pull.base.commit);
    for (const sha of own) add(contained, sha, pull);
    if (pull.merged === null) continue;
    const last = pull.merged.commit;
    // Where its own commits did not land, those that stand in their place lead from the base to the last of them.
    const isAsItWas = last === pull.head.commit || places.has(pull.head.commit);
    for (const sha of isAsItWas ? own : await newIn(last, pull.base.commit)) add(brought, sha, pull);
    // A push may end with commits that are nobody's pull request; a merge commit is the pull request's.
    if (isAsItWas && parents.get(last)?.slice(1).includes(pull.head.commit)) add(brought, last, pull);
  }
  return (sha) => {
    const merged = brought.get(sha) ?? [];
    if (places.has(sha)) return merged;
    return [...new Set([...merged, ...(contained.get(sha) ?? [])])].toSorted((one, other) => one.id - other.id);
  };
}

function add(pulls: Map<string, PullRequest[]>, sha: string, pull: PullRequest): void {
  const known = pulls.get(sha);
  if (known === undefined) pulls.set(sha, [pull]);
  else known.push(pull);
}

interface Place {
  /** How many commits of the branch's own line were there before it was. */
  readonly index: number;
  /** Whether it is on that line itself, which goes from first parent to first parent. */
  readonly isFirst: boolean;
}

/** When each commit came to a branch. */
function placesOnBranch(parents: ReadonlyMap<string, readonly string[]>, tip: string | null): Map<string, Place> {
  const line: string[] = [];
  for (let sha = tip ?? undefined; sha !== undefined; sha = parents.get(sha)?.[0]) line.push(sha);
  const places = new Map<string, Place>();
  for (const [index, sha] of line.toReversed().entries()) {
    for (const one of walk(parents, sha, (other) => places.has(other)))
      places.set(one, { index, isFirst: one === sha });
  }
  return places;
}

/** What a commit reaches without passing one at which to stop. */
function walk(
  parents: ReadonlyMap<string, readonly string[]>,
  start: string,
  isEnd: (sha: string) => boolean,
): readonly string[] {
  const found = new Set<string>();
  const open = [start];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (found.has(sha) || isEnd(sha)) continue;
    found.add(sha);
    open.push(...(parents.get(sha) ?? []));
  }
  return [...found];
}
