import { sql } from "kysely";
import type { Database } from "./open-database.ts";

/**
 * Lets the database learn what the ledger holds, without which it reads tallies the long way: after much was written,
 * and now and then. A server does so by itself in the end; the embedded database never does.
 */
export async function gatherStatistics({ query }: Pick<Database, "query">): Promise<void> {
  await sql`
    vacuum (analyze) credits, mentorships, repositories, people, pull_requests,
      credit_changes, tallies, tally_days, uneven_works, tallied_repositories
  `.execute(query);
}
