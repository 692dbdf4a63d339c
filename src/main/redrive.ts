import type { Deps } from "../app/deps.ts";
import { keyOfTask } from "../domain/task.ts";
import type { Trace } from "../jobs/create-trace.ts";
import type { DeadJob } from "../jobs/dead-job.ts";
import { readDeadLetters, takeDeadLetter } from "../jobs/dead-letters.ts";
import { queueNames } from "../jobs/queues.ts";
import type { Jobs } from "../jobs/start-jobs.ts";
import { startBackfill } from "../store/backfills.ts";
import { reviveDelivery } from "../store/deliveries.ts";
import type { Transaction } from "../store/open-database.ts";
import { changeRun } from "../store/playbook-runs.ts";

export interface RedriveTools {
  readonly deps: Deps;
  readonly jobs: Pick<Jobs, "enqueue">;
  readonly trace: Pick<Trace, "run">;
}

const mostRounds = 100;

/**
 * Has the work of dead letters tried again, with all of its tries; says of how many. A letter that somebody else took,
 * or a delivery that GitHub has brought again since, is none.
 */
export async function redrive(tools: RedriveTools, ids: readonly string[]): Promise<number> {
  let count = 0;
  for (const id of ids) {
    const isDone = await tools.deps.database.query.transaction().execute(async (transaction) => {
      const letter = await takeDeadLetter(transaction, id);
      if (letter === null) return false;
      const { job, delivery } = letter;
      return tools.trace.run(delivery === null ? {} : { delivery }, () => enqueueAgain(tools, job, transaction));
    });
    if (isDone) count += 1;
  }
  return count;
}

/** The same with all of a queue's letters, as many as there were lately; of none where there is no such queue. */
export async function redriveQueue(tools: RedriveTools, name: string): Promise<number> {
  const queue = queueNames.find((one) => one === name);
  if (queue === undefined) return 0;
  let count = 0;
  // What dies again meanwhile becomes a new letter, so that there might be no end.
  for (let round = 0; round < mostRounds; round += 1) {
    const letters = await readDeadLetters(tools.deps.database, queue);
    if (letters.length === 0) break;
    count += await redrive(
      tools,
      letters.map(({ id }) => id),
    );
  }
  return count;
}

async function enqueueAgain(
  { deps, jobs: { enqueue } }: RedriveTools,
  job: DeadJob,
  transaction: Transaction,
): Promise<boolean> {
  switch (job.queue) {
    case "deliveries": {
      const revived = await reviveDelivery(transaction, job.data.deliveryId);
      if (revived === null) return false;
      const { installationId } = revived;
      await enqueue("deliveries", job.data, { key: job.data.deliveryId, installationId, transaction, now: true });
      return true;
    }
    case "tasks": {
      const { installationId } = job.data;
      await enqueue("tasks", job.data, { key: keyOfTask(job.data), installationId, transaction, now: true });
      return true;
    }
    case "backfills":
      await startBackfill(transaction, job.data, deps.clock());
      await deps.enqueueBackfill(job.data, transaction);
      return true;
    case "runs": {
      const { installationId, runId } = job.data;
      const again = { from: ["failed", "running"], state: "running", finishedAt: null } as const;
      const isRevived = await changeRun({ query: transaction }, { installationId, id: runId }, again);
      if (isRevived) await deps.enqueueRun({ installationId, runId }, transaction);
      return isRevived;
    }
  }
}
