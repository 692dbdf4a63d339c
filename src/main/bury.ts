import type { DeadJob } from "../jobs/dead-job.ts";
import { failBackfill } from "../store/backfills.ts";
import { buryDelivery } from "../store/deliveries.ts";
import { endRun, type RunEnder } from "../store/end-run.ts";
import { reachBack } from "../store/reconciliations.ts";

const hour = 60 * 60 * 1000;

/** Keeps what became of work that nobody tries again. */
export async function bury(ender: RunEnder, { queue, data, reference }: DeadJob): Promise<void> {
  const { database } = ender;
  const now = ender.clock();
  // Where GitHub failed for long, the next reconciliation looks at what was given up.
  if (queue === "tasks" && "repositoryId" in data) await reachBack(database, data, new Date(now.getTime() - 12 * hour));
  if (queue === "deliveries") await buryDelivery(database, data.deliveryId, { reference, now });
  if (queue === "runs") {
    const cause = `Something went wrong on our side (ref ${reference}).`;
    await endRun(ender, { id: data.runId, installationId: data.installationId }, { state: "failed", cause });
  }
  if (queue !== "backfills") return;
  const error = `it failed again and again; the log tells more by the reference ${reference}`;
  await database.query.transaction().execute((transaction) => failBackfill(transaction, data, { error, now }));
}
