import { dirname } from "node:path";
import { UserError } from "../domain/errors.ts";
import { reasonOf, runGit } from "./run-git.ts";

/**
 * Makes an empty bare repository in a folder that is not there yet, and gives the arguments by which git gets a commit into
 * it, as its HEAD: git clones branches and tags alone.
 */
export async function prepareFetch(
  directory: string,
  { url, commit, options }: { readonly url: string; readonly commit: string; readonly options: readonly string[] },
): Promise<string[]> {
  const parent = dirname(directory);
  const made = await runGit(parent, ["init", "--quiet", "--bare", "--template=", "--initial-branch=head", directory]);
  if (made.status !== 0) throw new UserError(`git cannot make ${directory}: ${reasonOf(made.stderr)}`);
  await runGit(directory, ["remote", "add", "origin", url]);
  // Nothing tidies up in the background: what is done with may be removed at once.
  const always = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"];
  return ["-C", directory, "fetch", ...always, ...options, "origin", `+${commit}:refs/heads/head`];
}
