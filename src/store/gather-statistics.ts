import { sql } from "kysely";
import type { Database } from "./open-database.ts";

const ledger = sql`credits, mentorships, repositories, people, pull_requests,
  credit_changes, tallies, tally_days, uneven_works, tallied_repositories`;

/**
 * Lets the database learn what the ledger holds, without which it reads tallies the long way: after much was written,
 * and now and then. A server does so by itself in the end. The embedded database never does, nor does it use the room of
 * rows that are gone again: there it is done for all tables, the queue's among them.
 */
export async function gatherStatistics({ query, kind }: Pick<Database, "query" | "kind">): Promise<void> {
  await sql`vacuum (analyze) ${kind === "pglite" ? sql`` : ledger}`.execute(query);
}
