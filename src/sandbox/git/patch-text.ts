import { diffOptions } from "./changed-files.ts";
import { gitIn } from "./git-in.ts";
import { requireObjectIds } from "./object-ids.ts";

interface CommitsApart {
  readonly from: string;
  readonly to: string;
}

/** What changed from one commit to another, as `git diff` prints it. */
export async function readDiffText(directory: string, { from, to }: CommitsApart): Promise<Buffer> {
  requireObjectIds(from, to);
  const { stdout } = await gitIn(directory, ["diff-tree", "-p", ...diffOptions, from, to, "--"]);
  return stdout;
}

/** The commits that lead from one commit to another, as mails that `git am` takes. */
export async function readPatchText(directory: string, { from, to }: CommitsApart): Promise<Buffer> {
  requireObjectIds(from, to);
  const { stdout } = await gitIn(directory, ["format-patch", "--stdout", "--no-signature", `${from}..${to}`, "--"]);
  return stdout;
}
