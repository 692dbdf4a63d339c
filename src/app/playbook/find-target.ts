import { RunStopped } from "../../domain/playbook/run-stopped.ts";
import { findRepository } from "../../github/playbook/made-repository.ts";
import { readStoredRepository } from "../../store/repositories.ts";
import { clientFor, type Running } from "./running.ts";
import type { Doing } from "./settle-effect.ts";

/** How the repository is found that a playbook is applied to: it may have another name by now. Throws RunStopped where it is gone. */
export function findTarget(running: Running): Doing {
  const { deps, run } = running;
  const { target, repository } = run.plan;
  if (target.kind === "new") throw new Error("a repository that is to be made cannot be found");
  const { repositoryId: id, branch } = target;
  const client = clientFor(running, { metadata: "read" }, { id });
  return {
    find: async () => null,
    attempt: async () => {
      const { installationId } = run;
      const known = await readStoredRepository(deps.database, { installationId, repositoryId: id });
      const found = await findRepository(client, known ?? repository);
      if (found?.id !== id) throw new RunStopped("The repository is gone, or is not shown to the app any more.");
      const { owner, name, url } = found;
      // All of GitHub has known it for long.
      return { id, owner, name, url, branch, madeAt: 0 };
    },
  };
}
