import { UserError } from "../../domain/errors.ts";
import type { Clone } from "../../git/open-clone.ts";
import { reasonOf, startGit } from "../../git/run-git.ts";
import { parseCommitRecords, recordOptions } from "../git/commit-records.ts";
import type { GitCommit } from "../git/commits.ts";

/**
 * Reads every commit that some ids reach, newest first, in small batches and one run of git. Throws a UserError where
 * git cannot read them all.
 */
export async function* streamCommits(clone: Clone, tips: readonly string[]): AsyncGenerator<GitCommit[]> {
  const args = ["rev-list", ...recordOptions, "--stdin", "--"];
  const input = tips.map((tip) => `${tip}\n`).join("");
  const git = await startGit(clone.root, args, { input, environment: { GIT_NO_REPLACE_OBJECTS: "1" } });
  try {
    let unread: Buffer[] = [];
    for await (const chunk of git.stdout) {
      unread.push(chunk);
      // A message longer than many chunks is put together once, when its end has come.
      if (!chunk.includes(0)) continue;
      const bytes = unread.length === 1 ? chunk : Buffer.concat(unread);
      const { commits, end } = parseCommitRecords(bytes);
      unread = [bytes.subarray(end)];
      yield commits;
    }
    const { status, stderr } = await git.ended;
    if (status !== 0) {
      throw new UserError(
        `git could not read all of the history in ${clone.directory}: ${reasonOf(stderr)}; git fsck tells more`,
      );
    }
  } finally {
    git.stop();
  }
}
