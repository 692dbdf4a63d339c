import type { Deps } from "../app/deps.ts";
import { keyOfTask } from "../domain/task.ts";
import type { Jobs } from "../jobs/start-jobs.ts";

/** How handlers have work done, by the queues and under the keys that they need not know. */
export function enqueueIn({
  enqueue,
}: Pick<Jobs, "enqueue">): Pick<Deps, "enqueue" | "enqueueBackfill" | "enqueueRun"> {
  return {
    enqueue: (task) => enqueue("tasks", task, { key: keyOfTask(task), installationId: task.installationId }),
    enqueueBackfill: ({ installationId, repositoryId, owner, name }, transaction) => {
      const options = { key: `${installationId}/${repositoryId}`, installationId };
      const within = transaction === undefined ? options : { ...options, transaction };
      return enqueue("backfills", { installationId, repositoryId, owner, name }, within);
    },
    enqueueRun: ({ installationId, runId }, transaction) => {
      const options = { key: runId, installationId, now: true };
      const within = transaction === undefined ? options : { ...options, transaction };
      return enqueue("runs", { installationId, runId }, within);
    },
  };
}
