import type { Database } from "./open-database.ts";
import type { Tables } from "./tables.ts";

/** What is known of a delivery, without what it said. */
export interface DeliverySummary {
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly state: Tables["deliveries"]["state"];
  readonly tries: number;
  /** What people quote where it is dead. */
  readonly reference: string | null;
  /** The kind of the last error. */
  readonly error: string | null;
  readonly receivedAt: Date;
}

export const deliveryStates = [
  "received",
  "failed",
  "dead",
  "done",
] as const satisfies readonly DeliverySummary["state"][];

/**
 * The newest deliveries, of one state or of all. Each state is read by the index on it, as there is none on arrival:
 * of those that wait, which are few, more than `limit` are in no order.
 */
export async function readRecentDeliveries(
  { query }: Pick<Database, "query">,
  { state, limit }: { readonly state: DeliverySummary["state"] | null; readonly limit: number },
): Promise<DeliverySummary[]> {
  const found: DeliverySummary[] = [];
  for (const one of state === null ? deliveryStates : [state]) {
    const rows = await query
      .selectFrom("deliveries")
      .select(["id", "event", "action", "installation_id", "tries", "reference", "error", "received_at"])
      .where("state", "=", one)
      .orderBy("finished_at", "desc")
      .limit(limit)
      .execute();
    for (const { installation_id: installationId, received_at: receivedAt, ...row } of rows) {
      found.push({ ...row, state: one, installationId, receivedAt });
    }
  }
  return found.toSorted((one, other) => other.receivedAt.getTime() - one.receivedAt.getTime()).slice(0, limit);
}
