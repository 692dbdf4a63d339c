import type { Applied, WithdrawBranch } from "../domain/action.ts";
import type { GitHubClient } from "./github-client.ts";
import { moveBranch } from "./move-branch.ts";

/** Deletes a branch, on which GitHub closes its pull request. */
export async function withdrawBranch(
  client: GitHubClient,
  { repositoryId, branch, from }: WithdrawBranch,
): Promise<Omit<Applied, "action">> {
  await moveBranch(client, { repositoryId, branch, from, to: null });
  return { outcome: "gone", id: null };
}
