import { describeAuthors } from "../../domain/playbook/describe-authors.ts";
import { pathsThatAreThere } from "../../domain/playbook/keep-what-is-there.ts";
import { LeftOut } from "../../domain/playbook/left-out.ts";
import { shortHash } from "../../domain/playbook/plan.ts";
import { runCommitMessage } from "../../domain/playbook/run-commit.ts";
import { NotThere } from "../../github/errors.ts";
import type { FileToCommit } from "../../github/playbook/commit-files.ts";
import { findProposal, openProposal } from "../../github/playbook/proposals.ts";
import { proposeOnBranch } from "../../github/playbook/propose-on-branch.ts";
import { readTreeOfBranch } from "../../github/playbook/read-tree-of-branch.ts";
import { clientFor, type Running, requireTarget } from "./running.ts";
import type { Doing } from "./settle-effect.ts";

const workflows = /^\.github\/workflows\//i;

/** How the files that a repository lacks are proposed to it: one commit on a branch of the run's own, and a pull request. */
export function proposeFiles(running: Running, files: readonly FileToCommit[]): Doing {
  const { run, deps } = running;
  const target = requireTarget(running);
  const hasWorkflows = files.some(({ path }) => workflows.test(path));
  const permissions = {
    contents: "write",
    pull_requests: "write",
    metadata: "read",
    ...(hasWorkflows && { workflows: "write" as const }),
  } as const;
  const client = clientFor(running, permissions, target);
  const { name, version } = run.plan.playbook;
  const branch = `curtain-call/${name}-${shortHash(run)}`;

  async function find() {
    const found = await findProposal(client, target, branch);
    return found === null ? null : { ...found };
  }

  return {
    find,
    attempt: async () => {
      const base = await readTreeOfBranch(client, target).catch((error: unknown) => {
        if (error instanceof NotThere) throw new LeftOut(`there is no branch ${target.branch} any more`);
        throw error;
      });
      // Among those that GitHub does not tell of, some might be overwritten.
      if (base.isCut) throw new LeftOut("by now the repository has more files than GitHub tells of");
      const present = new Set(
        pathsThatAreThere(
          base,
          files.map(({ path }) => path),
        ),
      );
      // Files that came since the plan was made stay as they are, and the lock file of an earlier playbook does.
      const missing = files.filter(({ path }) => !present.has(path));
      if (missing.length === 0) throw new LeftOut("all of its files have come meanwhile");
      const message = runCommitMessage(run);
      const made = await proposeOnBranch(client, { ...target, branch, base, files: missing, message });
      if (made === "of others") throw new LeftOut(`there is a branch ${branch} already, with other files`);
      const authors = describeAuthors(run.plan.playbook, new URL(target.url).origin);
      const body = deps.templates.madeWith({ name, version, authors });
      const proposal = { title: run.plan.commit.title, body, head: branch, base: target.branch };
      return (made === "made" ? null : await find()) ?? { ...(await openProposal(client, target, proposal)) };
    },
  };
}
