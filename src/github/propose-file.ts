import type { Applied, ProposeFile } from "../domain/action.ts";
import { signCommit } from "../domain/contributors/own-commit.ts";
import type { GitHubClient } from "./github-client.ts";
import { moveBranch } from "./move-branch.ts";
import type { Place } from "./place.ts";

/**
 * Puts a file on a branch, one commit ahead of where it is to go, and opens the pull request where there is none. What
 * fails on its way leaves nothing that a next try would not find: objects without a name, or a branch of ours. GitHub
 * itself refuses a second pull request of the same branch.
 */
export async function proposeFile(
  client: GitHubClient,
  { owner, name: repo }: Place,
  proposal: ProposeFile,
): Promise<Omit<Applied, "action">> {
  const { path, mode, text, branch, base, title, body, number } = proposal;
  const { data: tree } = await client.request("POST /repos/{owner}/{repo}/git/trees", {
    owner,
    repo,
    base_tree: base.tree,
    tree: [{ path, mode, type: "blob", content: text }],
  });
  // Without an author it is the app's own, and GitHub signs it.
  const { data: commit } = await client.request("POST /repos/{owner}/{repo}/git/commits", {
    owner,
    repo,
    message: signCommit(title, { tree: tree.sha, parent: base.sha }),
    tree: tree.sha,
    parents: [base.sha],
  });
  await moveBranch(client, { ...proposal, to: commit.sha });
  if (number !== null) return { outcome: "edited", id: number };
  const { data: pull } = await client.request("POST /repos/{owner}/{repo}/pulls", {
    owner,
    repo,
    title,
    body,
    head: branch,
    base: base.branch,
  });
  return { outcome: "created", id: pull.number };
}
