import { offline } from "./offline.ts";
import type { Clone } from "./open-clone.ts";
import { runGit } from "./run-git.ts";

/**
 * The bytes of a file as a commit has it, or a tag of one; null where that has no such file. `not here` where git cannot tell,
 * as in a partial clone that was never asked for it.
 */
export async function readFileAt(clone: Clone, revision: string, path: string): Promise<Buffer | null | "not here"> {
  const args = ["ls-tree", "-z", "--full-tree", revision, "--", path];
  const found = await runGit(clone.directory, args, { environment: offline });
  if (found.status !== 0) return "not here";
  const [, id] = /^\d+ blob ([\da-f]+)\t/.exec(found.stdout.toString()) ?? [];
  if (id === undefined) return null;
  const { status, stdout } = await runGit(clone.directory, ["cat-file", "blob", id], { environment: offline });
  return status === 0 ? stdout : "not here";
}
