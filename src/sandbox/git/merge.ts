import { decodeUtf8OrWestern } from "../../git/decode-text.ts";
import { type GitCommit, writeCommit } from "./commits.ts";
import { gitIn } from "./git-in.ts";
import { requireObjectIds } from "./object-ids.ts";

/** The tree of a merge, or the paths on which the two sides do not agree. */
export type MergedTree = { readonly tree: string } | { readonly conflicts: readonly string[] };

/**
 * Merges two commits as `git merge` would, without a checkout. Histories that have nothing in common are merged as
 * if both had begun with an empty tree.
 */
export async function mergeTrees(directory: string, ours: string, theirs: string): Promise<MergedTree> {
  requireObjectIds(ours, theirs);
  const options = ["--write-tree", "-z", "--name-only", "--no-messages", "--allow-unrelated-histories"];
  const { status, stdout, stderr } = await gitIn(directory, ["merge-tree", ...options, ours, theirs], { answers: [1] });
  // Git 2.39 gives the status of a conflict to commits that are not there too.
  if (stdout.length === 0) throw new Error(`git merge-tree failed in ${directory}: ${stderr.trim()}`);
  const text = decodeUtf8OrWestern(stdout, 0, stdout.length);
  const [tree = "", ...conflicts] = text.split("\0").filter(Boolean);
  return status === 0 ? { tree } : { conflicts };
}

/**
 * The tree that another tree becomes by what a commit changed against its first parent: a cherry-pick.
 *
 * Git 2.39 takes no merge base from outside, so it is made to find the right one: a commit is written that has the
 * other tree and the parent of the commit to pick, and so has nothing nearer in common with that than this parent.
 */
export async function replayCommit(
  directory: string,
  { commit, onto }: { readonly commit: GitCommit; readonly onto: GitCommit },
): Promise<MergedTree> {
  const parent = commit.parents[0];
  if (parent === onto.sha) return { tree: commit.tree };
  const { author, committer } = commit;
  const parents = parent === undefined ? [] : [parent];
  const stand = { tree: onto.tree, parents, author, committer, message: "Stand in for where a commit is replayed\n" };
  return mergeTrees(directory, await writeCommit(directory, stand), commit.sha);
}
