import { z } from "zod";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";

const treeShape = z.object({
  sha: z.string(),
  truncated: z.boolean(),
  tree: z.array(z.object({ path: z.string(), type: z.string() })),
});

/** What is at a branch now. */
export interface BranchTree {
  readonly head: string;
  /** The id of its tree. */
  readonly tree: string;
  /** Of all files; a submodule takes its place as a file does. */
  readonly paths: readonly string[];
  /** Whether there are more than GitHub tells. */
  readonly isCut: boolean;
}

/** Reads the last commit of a branch and the paths of its files: two requests. Throws NotThere and what GitHubClient throws. */
export async function readTreeOfBranch(
  client: GitHubClient,
  { owner, name: repo, branch }: Place & { readonly branch: string },
): Promise<BranchTree> {
  const { data: ref } = await client.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
    owner,
    repo,
    ref: `heads/${branch}`,
  });
  const head = ref.object.sha;
  return { head, ...(await readTree(client, { owner, name: repo }, head)) };
}

/** The tree of a commit, with the paths of its files. Throws what GitHubClient throws. */
export async function readTree(
  client: GitHubClient,
  { owner, name: repo }: Place,
  commit: string,
): Promise<Omit<BranchTree, "head">> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    owner,
    repo,
    tree_sha: commit,
    recursive: "1",
  });
  const { sha, truncated, tree } = treeShape.parse(data);
  return { tree: sha, paths: tree.filter(({ type }) => type !== "tree").map(({ path }) => path), isCut: truncated };
}
