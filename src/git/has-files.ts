import { UserError } from "../domain/errors.ts";
import { offline } from "./offline.ts";
import { reasonOf, runGit } from "./run-git.ts";

/**
 * Whether each of these is a file, as `<commit>:<path>`, without line breaks in the paths. Throws a UserError where git cannot.
 */
export async function hasFiles(directory: string, paths: readonly string[]): Promise<readonly boolean[]> {
  if (paths.length === 0) return [];
  const args = ["cat-file", "--batch-check=%(objecttype)", "--buffer"];
  const input = paths.map((path) => `${path}\n`).join("");
  const { status, stdout, stderr } = await runGit(directory, args, { input, environment: offline });
  if (status !== 0) throw new UserError(`git cannot look for files of a commit: ${reasonOf(stderr)}`);
  return stdout
    .toString()
    .split("\n")
    .slice(0, paths.length)
    .map((line) => line === "blob");
}
