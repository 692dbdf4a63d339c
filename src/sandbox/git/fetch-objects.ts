import { gitIn } from "./git-in.ts";
import { requireObjectIds } from "./object-ids.ts";

/** Copies a commit and all that it stands on from one bare repository to another, without a ref that leads to it. */
export async function fetchCommit(directory: string, source: string, commit: string): Promise<void> {
  requireObjectIds(commit);
  await gitIn(directory, [
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--end-of-options",
    source,
    commit,
  ]);
}

/** Copies all branches and tags from one bare repository to another. */
export async function fetchBranchesAndTags(directory: string, source: string): Promise<void> {
  const refs = ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];
  await gitIn(directory, [
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--end-of-options",
    source,
    ...refs,
  ]);
}
