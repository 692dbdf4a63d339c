import { LeftOut } from "../../domain/playbook/left-out.ts";
import { isCommitOfRun, runCommitMessage } from "../../domain/playbook/run-commit.ts";
import { RunStopped } from "../../domain/playbook/run-stopped.ts";
import { NotThere, statusOf } from "../../github/errors.ts";
import { commitFiles, type FileToCommit } from "../../github/playbook/commit-files.ts";
import { type FirstCommits, readFirstCommits } from "../../github/playbook/read-first-commits.ts";
import { clientFor, type Running, requireTarget } from "./running.ts";
import type { Doing, EffectResult } from "./settle-effect.ts";
import { whileFresh } from "./while-fresh.ts";

const pushed = new LeftOut("somebody pushed to it before they were, and nothing of that is overwritten");
const workflows = /^\.github\/workflows\//i;

/** How the plan's files get into the repository, as its one commit after the one that GitHub began it with. */
export function putFiles(running: Running, files: readonly FileToCommit[]): Doing {
  const { run } = running;
  const target = requireTarget(running);
  const hasWorkflows = files.some(({ path }) => workflows.test(path));
  const client = clientFor(
    running,
    { contents: "write", metadata: "read", ...(hasWorkflows && { workflows: "write" }) },
    target,
  );

  async function look(): Promise<FirstCommits> {
    try {
      return await whileFresh(running, target, () => readFirstCommits(client, target));
    } catch (error) {
      if (!(error instanceof NotThere)) throw error;
      throw new RunStopped("The repository is gone, or is not shown to the app any more.");
    }
  }

  function adopt({ newest }: FirstCommits): EffectResult | null {
    const own = newest.find(({ message }) => isCommitOfRun(message, run));
    return own === undefined ? null : { commit: own.sha };
  }

  return {
    find: async () => adopt(await look()),
    attempt: async () => {
      const commits = await look();
      const { branch, head } = commits;
      const own = adopt(commits);
      if (own !== null) return own;
      if (commits.count > 1) throw pushed;
      const commit = { ...target, branch, head, files, message: runCommitMessage(run) };
      try {
        return { commit: await whileFresh(running, target, () => commitFiles(client, commit)) };
      } catch (error) {
        if (statusOf(error) === 422 && error instanceof Error && /fast forward/i.test(error.message)) throw pushed;
        throw error;
      }
    },
  };
}
