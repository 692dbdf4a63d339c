import { type Forge, gitDirectory } from "../forge.ts";
import { readCommits } from "../git/commits.ts";
import type { MergeGroup, MergeQueue } from "../model/merge-queue.ts";
import { trimMessage } from "./commit.ts";
import { time } from "./time.ts";

/** A merge group as webhooks tell of it. */
export async function presentMergeGroup(
  forge: Forge,
  { repository, branch }: MergeQueue,
  { branch: groupBranch, base, head }: MergeGroup,
) {
  const [commit] = await readCommits(gitDirectory(forge, repository), [head]);
  if (!commit) throw new Error(`there is no commit ${head} of ${groupBranch}`);
  const { author, committer } = commit;
  return {
    head_sha: head,
    head_ref: `refs/heads/${groupBranch}`,
    base_sha: base,
    base_ref: `refs/heads/${branch}`,
    head_commit: {
      id: head,
      tree_id: commit.tree,
      message: trimMessage(commit),
      timestamp: time(committer.date),
      author: { name: author.name, email: author.email },
      committer: { name: committer.name, email: committer.email },
    },
  };
}
