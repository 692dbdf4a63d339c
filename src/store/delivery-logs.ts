import type { Database } from "./open-database.ts";

/** How far the log of an app's deliveries is read. */
export interface LogReading {
  /** Everything that was delivered before is known; null where nothing is. */
  readonly readTo: Date | null;
  /** The reading that is under way, from the newest to the oldest; null where none is. */
  readonly underWay: { readonly begunAt: Date; readonly cursor: string } | null;
}

export async function readLogReading({ query }: Pick<Database, "query">, appId: string): Promise<LogReading> {
  const row = await query
    .selectFrom("delivery_logs")
    .select(["read_to", "begun_at", "cursor"])
    .where("app_id", "=", appId)
    .executeTakeFirst();
  const { begun_at: begunAt = null, cursor = null, read_to: readTo = null } = row ?? {};
  return { readTo, underWay: begunAt === null || cursor === null ? null : { begunAt, cursor } };
}

/** Keeps how far the log is read. */
export async function keepLogReading(
  { query }: Pick<Database, "query">,
  appId: string,
  { readTo, underWay }: LogReading,
): Promise<void> {
  const values = { read_to: readTo, begun_at: underWay?.begunAt ?? null, cursor: underWay?.cursor ?? null };
  await query
    .insertInto("delivery_logs")
    .values({ app_id: appId, ...values })
    .onConflict((conflict) => conflict.column("app_id").doUpdateSet(values))
    .execute();
}
