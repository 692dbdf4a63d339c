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
 * Makes a branch with one commit, unless it is there: then it stays as it is. Gives whether it was made, was there with the
 * same files, or is of somebody who wrote other ones. Throws what GitHubClient throws.
 */
export async function proposeOnBranch(
  client: GitHubClient,
  wanted: FilesToPropose,
): Promise<"made" | "there" | "of others"> {
  const { owner, name: repo, branch, base, files, message } = wanted;
  const sha = await writeCommit(client, { owner, name: repo, head: base.head, base: base.tree, files, message });
  try {
    await client.request("POST /repos/{owner}/{repo}/git/refs", { owner, repo, ref: `refs/heads/${branch}`, sha });
    return "made";
  } catch (error) {
    const head = statusOf(error) === 422 ? await readBranch(client, { owner, name: repo }, branch) : null;
    if (head === null) throw error;
    // An attempt whose answer was lost has made it; or somebody has, who wants to have their own proposed by the app.
    const tree = await readTreeId(client, { owner, name: repo }, head);
    return tree === (await readTreeId(client, { owner, name: repo }, sha)) ? "there" : "of others";
  }
}

async function readBranch(client: GitHubClient, { owner, name: repo }: Place, branch: string): Promise<string | null> {
  try {
    const ref = `heads/${branch}`;
    const { data } = await client.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { owner, repo, ref });
    return data.object.sha;
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}

async function readTreeId(client: GitHubClient, { owner, name: repo }: Place, commit: string): Promise<string> {
  const wish = { owner, repo, commit_sha: commit };
  const { data } = await client.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", wish);
  return data.tree.sha;
}
