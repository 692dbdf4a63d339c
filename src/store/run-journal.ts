import type { Journal, JournalEntry } from "../domain/playbook/journal.ts";
import { jsonText } from "./json-text.ts";
import type { Database } from "./open-database.ts";

type Query = Pick<Database, "query">;

/** Everything that a run has begun, by what it is. */
export async function readJournal({ query }: Query, runId: string): Promise<Journal> {
  const rows = await query.selectFrom("playbook_effects").selectAll().where("run_id", "=", runId).execute();
  return new Map(rows.map(({ effect, state, result, cause }) => [effect, { effect, state, result, cause }]));
}

/** Writes into a run's journal how an effect stands; in place of what is there about it. */
export async function writeJournal(
  { query }: Query,
  { runId, entry, now }: { readonly runId: string; readonly entry: JournalEntry; readonly now: Date },
): Promise<void> {
  const { effect, state, result, cause } = entry;
  await query
    .insertInto("playbook_effects")
    .values({ run_id: runId, effect, state, result: jsonText(result), cause, changed_at: now })
    .onConflict((conflict) =>
      conflict.columns(["run_id", "effect"]).doUpdateSet((row) => ({
        state: row.ref("excluded.state"),
        result: row.ref("excluded.result"),
        cause: row.ref("excluded.cause"),
        changed_at: row.ref("excluded.changed_at"),
      })),
    )
    .execute();
}
