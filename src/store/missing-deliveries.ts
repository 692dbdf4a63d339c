import { sql } from "kysely";
import { jsonText } from "./json-text.ts";
import type { Database } from "./open-database.ts";

/** What GitHub says it has sent. */
export interface SentDelivery {
  readonly deliveryId: string;
  readonly attemptId: string;
  readonly installationId: number | null;
  readonly deliveredAt: Date;
}

/** What we do not have, and how often we asked for it. */
export interface MissingDelivery {
  readonly deliveryId: string;
  readonly attemptId: string;
  readonly asked: number;
}

/** For so long GitHub delivers again, in milliseconds. */
export const redeliverable = 3 * 24 * 60 * 60 * 1000;

/**
 * Notes those of the deliveries that never came in, or that no try was left for. What is noted already stays as it is.
 * Says how many are new.
 */
export async function noteMissing(
  { query }: Pick<Database, "query">,
  sent: readonly SentDelivery[],
  now: Date,
): Promise<number> {
  const rows = sent.map(({ deliveryId: id, attemptId, installationId, deliveredAt }) => {
    return { id, attempt_id: attemptId, installation_id: installationId, delivered_at: deliveredAt };
  });
  // The newest attempt comes first, and is the one to keep.
  const { numAffectedRows } = await sql`
    insert into missing_deliveries (id, attempt_id, installation_id, delivered_at, ask_at)
    select sent.id, sent.attempt_id, sent.installation_id, sent.delivered_at, ${now}::timestamptz
    from jsonb_to_recordset(${jsonText(rows)}::text::jsonb)
      as sent(id text, attempt_id text, installation_id bigint, delivered_at timestamptz)
    where not exists (select from deliveries where deliveries.id = sent.id and deliveries.state <> 'dead')
    on conflict (id) do nothing
  `.execute(query);
  return Number(numAffectedRows ?? 0n);
}

/** Forgets what is done by now, and what GitHub delivers no more. */
export async function settleMissing({ query }: Pick<Database, "query">, now: Date): Promise<void> {
  const past = new Date(now.getTime() - redeliverable);
  await sql`
    delete from missing_deliveries missing
    where delivered_at < ${past}
      or exists (select from deliveries where deliveries.id = missing.id and deliveries.state = 'done')
  `.execute(query);
}

/** What has to be asked for now, the oldest first: what came in meanwhile and waits for its work is not among it. */
export async function findMissing(
  { query }: Pick<Database, "query">,
  { now, most }: { readonly now: Date; readonly most: number },
): Promise<MissingDelivery[]> {
  const { rows } = await sql<{ id: string; attempt_id: string; asked: number }>`
    select id, attempt_id, asked from missing_deliveries missing
    where ask_at <= ${now}
      and not exists (select from deliveries where deliveries.id = missing.id and deliveries.state <> 'dead')
    order by delivered_at, id limit ${most}
  `.execute(query);
  return rows.map((row) => ({ deliveryId: row.id, attemptId: row.attempt_id, asked: row.asked }));
}

/** It was asked for, and is not asked for again before a moment. */
export async function noteAsked({ query }: Pick<Database, "query">, deliveryId: string, again: Date): Promise<void> {
  await query
    .updateTable("missing_deliveries")
    .set((row) => ({ asked: row("asked", "+", 1), ask_at: again }))
    .where("id", "=", deliveryId)
    .execute();
}

/** GitHub has it no more. */
export async function giveUpMissing({ query }: Pick<Database, "query">, deliveryId: string): Promise<void> {
  await query.deleteFrom("missing_deliveries").where("id", "=", deliveryId).execute();
}
