/** The parents of commits, by their ids; only what is reached from one commit is in it. */
export type Ancestry = ReadonlyMap<string, readonly string[]>;

/** How a pull request landed. */
export interface Landing {
  /** The commit that landed last: the merge, the squash, or the last one of a rebase. */
  readonly sha: string;
  /** How many commits landed, one upon the other. */
  readonly commits: number;
}

/**
 * The commits of a branch that came by no pull request, the newest first, merges aside. A merge brought all that was not
 * there before it; a squash is one commit, and a rebase as many as landed.
 */
export function findDirectCommits(
  ancestry: Ancestry,
  { head, landings }: { readonly head: string; readonly landings: readonly Landing[] },
): string[] {
  const landed = landedCommits(ancestry, landings);
  const seen = new Set<string>();
  const direct: string[] = [];
  const open: Line[] = [];

  function begin(tip: string, byPullRequest: boolean): void {
    const commits: string[] = [];
    for (let sha: string | undefined = tip; sha !== undefined && !seen.has(sha); sha = ancestry.get(sha)?.[0]) {
      if (!ancestry.has(sha)) break;
      commits.push(sha);
    }
    open.push({ commits, byPullRequest });
  }

  // The oldest first: what a merge brought is what was not seen before it.
  begin(head, false);
  for (let line = open.at(-1); line !== undefined; line = open.at(-1)) {
    const sha = line.commits.pop();
    if (sha === undefined) {
      open.pop();
      continue;
    }
    if (seen.has(sha)) continue;
    seen.add(sha);
    const [, ...others] = ancestry.get(sha) ?? [];
    const byPullRequest = line.byPullRequest || landed.has(sha);
    if (!byPullRequest && others.length === 0) direct.push(sha);
    for (const other of others.toReversed()) begin(other, byPullRequest);
  }
  const found = new Set(direct);
  return Array.from(ancestry.keys()).filter((sha) => found.has(sha));
}

/** A line of first parents that is gone along from its oldest commit, the last one in the list. */
interface Line {
  readonly commits: string[];
  /** Whether all of it was brought by a pull request's merge. */
  readonly byPullRequest: boolean;
}

function landedCommits(ancestry: Ancestry, landings: readonly Landing[]): Set<string> {
  const landed = new Set<string>();
  for (const { sha: last, commits } of landings) {
    let sha: string | undefined = last;
    for (let count = 0; count < commits && sha !== undefined && ancestry.has(sha); count += 1) {
      landed.add(sha);
      sha = ancestry.get(sha)?.[0];
    }
  }
  return landed;
}
