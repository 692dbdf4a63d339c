import { UserError } from "../domain/errors.ts";
import type { Clone } from "./open-clone.ts";
import { reasonOf, runGit } from "./run-git.ts";

/** The names of all tags, in no order that means anything. Throws a UserError where git cannot list them. */
export async function readTags({ directory }: Clone): Promise<readonly string[]> {
  const { status, stdout, stderr } = await runGit(directory, [
    "for-each-ref",
    "--format=%(refname:lstrip=2)",
    "refs/tags/",
  ]);
  if (status !== 0) throw new UserError(`git could not list the tags of ${directory}: ${reasonOf(stderr)}`);
  return stdout.toString().split("\n").filter(Boolean);
}
