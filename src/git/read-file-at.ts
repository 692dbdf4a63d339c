import { UserError } from "../domain/errors.ts";
import type { Clone } from "./open-clone.ts";
import { reasonOf, runGit } from "./run-git.ts";

/** The bytes of a file as a commit has it, or a tag of one; null where there is none. Throws a UserError where git cannot read it. */
export async function readFileAt(clone: Clone, revision: string, path: string): Promise<Buffer | null> {
  const found = await runGit(clone.directory, ["rev-parse", "--quiet", "--verify", `${revision}:${path}`]);
  if (found.status !== 0) return null;
  const id = found.stdout.toString().trim();
  const { status, stdout, stderr } = await runGit(clone.directory, ["cat-file", "blob", id]);
  if (status === 0) return stdout;
  throw new UserError(`git cannot read ${path} in ${clone.directory}: ${reasonOf(stderr)}; git fsck tells more`);
}
