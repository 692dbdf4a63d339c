import { NotThere, statusOf } from "../errors.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";
import { type FileToCommit, writeCommit } from "./commit-files.ts";
import type { BranchTree } from "./read-tree-of-branch.ts";

/** Files to put beside those that are there, by one commit on a branch that is made for it. */
export interface FilesToPropose extends Place {
  readonly branch: string;
  readonly base: Pick<BranchTree, "head" | "tree">;
  readonly files: readonly FileToCommit[];
  readonly message: string;
}

/**
 * Makes a branch with one commit, unless it is there: then it stays as it is. Gives whether it was made. Throws what
 * GitHubClient throws.
 */
export async function proposeOnBranch(client: GitHubClient, wanted: FilesToPropose): Promise<boolean> {
  const { owner, name: repo, branch, base, files, message } = wanted;
  const sha = await writeCommit(client, { owner, name: repo, head: base.head, base: base.tree, files, message });
  try {
    await client.request("POST /repos/{owner}/{repo}/git/refs", { owner, repo, ref: `refs/heads/${branch}`, sha });
    return true;
  } catch (error) {
    // An attempt whose answer was lost has made it.
    if (statusOf(error) !== 422 || !(await hasBranch(client, { owner, name: repo }, branch))) throw error;
    return false;
  }
}

async function hasBranch(client: GitHubClient, { owner, name: repo }: Place, branch: string): Promise<boolean> {
  try {
    await client.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { owner, repo, ref: `heads/${branch}` });
    return true;
  } catch (error) {
    if (error instanceof NotThere) return false;
    throw error;
  }
}
