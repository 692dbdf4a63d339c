import type { Database, Transaction } from "./open-database.ts";

export interface Delivery {
  /** GitHub's id, the same when it delivers again. */
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  /** The body as it came. */
  readonly payload: string;
}

/** What a delivery is to us: new, worth trying again, done before, or at work. Work is due for the first two. */
export type Receipt = "inserted" | "again-after-failure" | "duplicate-done" | "in-progress";

const day = 24 * 60 * 60 * 1000;
/** For so long GitHub delivers again on request, in milliseconds; an id that is older cannot come back. */
const redeliverable = 3 * day;
const kept = 30 * day;
const longestError = 500;

/** Takes deliveries in, each with an id of its own; says of each, by its id, what it is. */
export async function receiveDeliveries(
  transaction: Transaction,
  deliveries: readonly Delivery[],
  now: Date,
): Promise<Map<string, Receipt>> {
  // In one order everywhere, so that two processes never wait for each other.
  const ordered = deliveries.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const inserted = await transaction
    .insertInto("deliveries")
    .values(
      ordered.map(({ id, event, action, installationId, payload }) => {
        const started = { state: "received", tries: 0, received_at: now } as const;
        const unset = { reference: null, finished_at: null, error: null };
        return { id, event, action, installation_id: installationId, payload, ...started, ...unset };
      }),
    )
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("id")
    .execute();
  const receipts = new Map<string, Receipt>(inserted.map(({ id }) => [id, "inserted"]));
  for (const delivery of ordered) {
    if (!receipts.has(delivery.id)) receipts.set(delivery.id, await receiveAgain(transaction, delivery, now));
  }
  return receipts;
}

async function receiveAgain(transaction: Transaction, { id, payload }: Delivery, now: Date): Promise<Receipt> {
  const known = await transaction
    .selectFrom("deliveries")
    .select("state")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (known.state === "done") return "duplicate-done";
  if (known.state === "received") return "in-progress";
  await transaction
    .updateTable("deliveries")
    .set({ state: "received", payload, received_at: now, finished_at: null, reference: null })
    .where("id", "=", id)
    .execute();
  return "again-after-failure";
}

/** The delivery whose work is due, or null where there is none (any more). */
export async function readDelivery({ query }: Database, id: string): Promise<Delivery | null> {
  const row = await query
    .selectFrom("deliveries")
    .select(["id", "event", "action", "installation_id", "payload"])
    .where("id", "=", id)
    .where("state", "in", ["received", "failed"])
    .executeTakeFirst();
  if (row === undefined || row.payload === null) return null;
  return {
    id: row.id,
    event: row.event,
    action: row.action,
    installationId: row.installation_id,
    payload: row.payload,
  };
}

/** The work is done: its payload is forgotten at once. */
export async function finishDelivery({ query }: Database, id: string, now: Date): Promise<void> {
  await query
    .updateTable("deliveries")
    .set((row) => ({
      state: "done",
      payload: null,
      error: null,
      finished_at: now,
      tries: row("tries", "+", 1),
    }))
    .where("id", "=", id)
    .execute();
}

/** One try failed; another is due, and the same delivery coming again may bring it forward. */
export async function failDelivery({ query }: Database, id: string, error: string): Promise<void> {
  await query
    .updateTable("deliveries")
    .set((row) => ({ state: "failed", error: error.slice(0, longestError), tries: row("tries", "+", 1) }))
    .where("id", "=", id)
    .where("state", "in", ["received", "failed"])
    .execute();
}

/** No try is left. The payload stays for as long as GitHub would deliver it again. */
export async function buryDelivery(
  { query }: Database,
  id: string,
  { reference, now }: { reference: string; now: Date },
): Promise<void> {
  await query
    .updateTable("deliveries")
    .set({ state: "dead", reference, finished_at: now })
    .where("id", "=", id)
    .where("state", "in", ["received", "failed"])
    .execute();
}

/** Has a dead delivery's work tried again; null where it is not dead, or its payload is gone, and else whose it is. */
export async function reviveDelivery(
  transaction: Transaction,
  id: string,
): Promise<{ readonly installationId: number | null } | null> {
  const row = await transaction
    .updateTable("deliveries")
    .set({ state: "received", finished_at: null, reference: null })
    .where("id", "=", id)
    .where("state", "=", "dead")
    .where("payload", "is not", null)
    .returning("installation_id")
    .executeTakeFirst();
  return row === undefined ? null : { installationId: row.installation_id };
}

/** Forgets what is not needed any more: payloads of the dead after three days, rows when their ids cannot come back. */
export async function forgetDeliveries({ query }: Database, now: Date): Promise<void> {
  const gone = new Date(now.getTime() - redeliverable);
  await query
    .updateTable("deliveries")
    .set({ payload: null })
    .where("state", "=", "dead")
    .where("finished_at", "<", gone)
    .where("payload", "is not", null)
    .execute();
  // A day more than GitHub's own three: its clock is not ours.
  const past = new Date(gone.getTime() - day);
  await query.deleteFrom("deliveries").where("state", "=", "done").where("finished_at", "<", past).execute();
  const forgotten = new Date(now.getTime() - kept);
  await query.deleteFrom("deliveries").where("state", "=", "dead").where("finished_at", "<", forgotten).execute();
}
