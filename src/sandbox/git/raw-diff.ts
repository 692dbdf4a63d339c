import { type Comparison, diffOptions } from "./changed-files.ts";
import { gitIn } from "./git-in.ts";
import { emptyTree, requireObjectIds } from "./object-ids.ts";

/** A comparison as `git diff` prints it. Bytes, for files have any encoding. */
export async function rawDiff(directory: string, { from, to }: Comparison): Promise<Buffer> {
  const start = from ?? emptyTree;
  requireObjectIds(start, to);
  return (await gitIn(directory, ["diff-tree", "--patch", ...diffOptions, start, to, "--"])).stdout;
}

/** The commits that one has and the other has not, each as a mail, the oldest first; without merges. */
export async function rawPatch(directory: string, { from, to }: Comparison): Promise<Buffer> {
  requireObjectIds(to, ...(from === null ? [] : [from]));
  const range = from === null ? ["--root", to] : [`${from}..${to}`];
  const args = ["format-patch", "--stdout", "--no-signature", "--find-renames", "--no-color", ...range, "--"];
  return (await gitIn(directory, args)).stdout;
}
