interface Commit {
  readonly sha: string;
  readonly parents: readonly { readonly sha: string }[];
}

/**
 * Where in a list of commits that come after `base`, parents before their children, the last one stands that holds all
 * before it and `base`: there no branch is still on its way beside it. Null where none does.
 */
export function lastMeeting(commits: readonly Commit[], base: string): number | null {
  const ends = new Set([base]);
  let last: number | null = null;
  for (const [index, { sha, parents }] of commits.entries()) {
    for (const parent of parents) ends.delete(parent.sha);
    ends.add(sha);
    if (ends.size === 1) last = index;
  }
  return last;
}
