import { forgetDeliveries } from "../store/deliveries.ts";
import { forgetGone } from "../store/forget-gone.ts";
import { gatherStatistics } from "../store/gather-statistics.ts";
import type { Database } from "../store/open-database.ts";
import { forgetRuns } from "../store/playbook-runs.ts";

const day = 24 * 60 * 60 * 1000;
/** How long a plan that nobody confirmed is kept, in milliseconds. */
const planKept = 90 * day;

/** What is due every hour. */
export async function tidy(database: Database, now: Date): Promise<void> {
  await forgetDeliveries(database, now);
  await forgetGone(database, now);
  await forgetRuns(database, new Date(now.getTime() - planKept));
  if (database.kind === "pglite") await gatherStatistics(database);
}
