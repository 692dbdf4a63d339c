import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { offline } from "./offline.ts";
import { type Clone, openClone } from "./open-clone.ts";
import { prepareFetch } from "./prepare-fetch.ts";
import { runGit } from "./run-git.ts";
import { type Remote, runWithToken } from "./run-with-token.ts";

export interface HistoryToClone extends Remote {
  /** Where it is kept; a clone that is there already is used again if it has the commit. */
  readonly directory: string;
  /** Null for the commit itself, which a tag or a draft may be at without any branch. */
  readonly branch: string | null;
  /** A commit that it has to have. */
  readonly head: string;
}

/**
 * Clones all commits of a branch, or all that one commit holds, and none of the files. Gives null where the branch has not
 * got the commit (any more). Throws a UserError where git cannot.
 */
export async function cloneHistory(wanted: HistoryToClone): Promise<Clone | null> {
  const { directory, head } = wanted;
  const known = await openClone(directory).catch(() => null);
  if (known !== null && (await hasCommit(known, head))) return known;
  await removeClone(directory);
  await mkdir(dirname(directory), { recursive: true });
  // Renamed when it is whole, so that what a crash leaves is never taken for one.
  const unfinished = `${directory}.${randomUUID()}`;
  await clone(unfinished, wanted);
  await rename(unfinished, directory);
  const made = await openClone(directory);
  return (await hasCommit(made, head)) ? made : null;
}

/** Removes a clone, and what was left of attempts at it. */
export async function removeClone(directory: string): Promise<void> {
  const parent = dirname(directory);
  const names = await readdir(parent).catch(() => []);
  const own = basename(directory);
  for (const name of names) {
    if (name === own || name.startsWith(`${own}.`)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function clone(directory: string, wanted: HistoryToClone): Promise<void> {
  const { url, branch, head } = wanted;
  const args =
    branch === null
      ? await prepareFetch(directory, { url, commit: head, options: ["--filter=blob:none"] })
      : cloneArguments(directory, { url, branch });
  try {
    await runWithToken(dirname(directory), args, wanted);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

function cloneArguments(
  directory: string,
  { url, branch }: { readonly url: string; readonly branch: string },
): string[] {
  const options = ["--quiet", "--bare", "--filter=blob:none", "--single-branch", "--no-tags", "--template="];
  return ["clone", ...options, `--branch=${branch}`, "--", url, directory];
}

async function hasCommit({ directory }: Clone, sha: string): Promise<boolean> {
  const { status } = await runGit(directory, ["merge-base", "--is-ancestor", sha, "HEAD"], { environment: offline });
  return status === 0;
}
