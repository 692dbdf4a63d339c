import { UserError } from "../domain/errors.ts";
import type { Clone } from "./open-clone.ts";
import { reasonOf, runGit } from "./run-git.ts";

/**
 * Turns a revision range (gitrevisions(7)) into object ids, those to leave out with a `^` before them. What is read
 * by them stays the same while branches move.
 */
export async function resolveRange(clone: Clone, range: string): Promise<string[]> {
  const { status, stdout } = await runGit(clone.directory, [
    "rev-parse",
    "--revs-only",
    "--end-of-options",
    range,
    "--",
  ]);
  const revisions = stdout.toString().split("\n").filter(Boolean);
  if (status === 0 && revisions.length > 0) return revisions;
  if (await isUnborn(clone)) {
    throw new UserError(`${clone.directory} has no commit yet on its current branch; make one, or name another branch`);
  }
  throw new UserError(`'${range}' names no commit in ${clone.directory}; git show-ref lists its branches and tags`);
}

/** Fails unless each id to start from is a commit, or a tag of one. */
export async function requireCommits(clone: Clone, range: string, revisions: readonly string[]): Promise<void> {
  for (const revision of revisions) {
    if (revision.startsWith("^")) continue;
    const { status } = await runGit(clone.directory, ["rev-parse", "--quiet", "--verify", `${revision}^{commit}`]);
    if (status !== 0)
      throw new UserError(`'${range}' names no commit in ${clone.directory}; name a commit, branch or tag`);
  }
}

/** Fails unless each path was touched by some commit that the ids to start from reach. */
export async function requirePaths(
  clone: Clone,
  revisions: readonly string[],
  paths: readonly string[],
): Promise<void> {
  const tips = revisions.filter((revision) => !revision.startsWith("^"));
  for (const path of paths) {
    const args = ["rev-list", "--max-count=1", "--full-history", ...tips, "--", path];
    const { status, stdout, stderr } = await runGit(clone.directory, args);
    if (status === 0 && stdout.length > 0) continue;
    if (status !== 0)
      throw new UserError(`git cannot look for the path '${path}' in ${clone.directory}: ${reasonOf(stderr)}`);
    throw new UserError(`the path '${path}' is in no commit there; paths count from ${clone.directory}`);
  }
}

async function isUnborn(clone: Clone): Promise<boolean> {
  const [head, branch] = await Promise.all([
    runGit(clone.directory, ["rev-parse", "--quiet", "--verify", "HEAD"]),
    runGit(clone.directory, ["symbolic-ref", "--quiet", "HEAD"]),
  ]);
  return head.status !== 0 && branch.status === 0;
}
