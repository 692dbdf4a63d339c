import { type GitCommit, readCommits, writeCommit } from "./commits.ts";
import { replayCommit } from "./merge.ts";
import type { Signature } from "./signatures.ts";

/** What to replay, the oldest first, and upon which commit; who is named as the committer. */
export interface Rebase {
  readonly commits: readonly string[];
  readonly onto: string;
  readonly committer: Signature;
}

/** The last commit of a rebase and all of them, the oldest first; or the paths on which it could not go on. */
export type Rebased =
  | { readonly sha: string; readonly commits: readonly string[] }
  | { readonly conflicts: readonly string[] };

/**
 * Replays commits upon another one, each with its author and message. None is left out, not even one that changes
 * nothing any more; of a merge, what it changed against its first parent is replayed. Throws an Error where one is
 * not there.
 */
export async function rebaseCommits(directory: string, { commits, onto, committer }: Rebase): Promise<Rebased> {
  const [base, ...picks] = (await readCommits(directory, [onto, ...commits])).map((commit, index) => {
    if (commit === null) throw new Error(`there is no commit ${[onto, ...commits][index]} to rebase`);
    return commit;
  });
  if (base === undefined) throw new Error("there is nothing to rebase upon");
  let tip: GitCommit = base;
  const rebased: string[] = [];
  for (const commit of picks) {
    const merged = await replayCommit(directory, { commit, onto: tip });
    if ("conflicts" in merged) return merged;
    const next = { ...commit, tree: merged.tree, parents: [tip.sha], committer };
    tip = { ...next, sha: await writeCommit(directory, next) };
    rebased.push(tip.sha);
  }
  return { sha: tip.sha, commits: rebased };
}
