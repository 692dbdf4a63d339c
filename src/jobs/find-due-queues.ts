import { sql } from "kysely";
import type { Database } from "../store/open-database.ts";

/** Those of the queues in which a job waits that may begin by now. */
export async function findDueQueues(
  { query }: Pick<Database, "query">,
  names: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly name: string }>`
    select name from unnest(${names}::text[]) name
    where exists (
      select from pgboss.job
      where job.name = name.name and state < 'active' and not blocked and start_after <= now()
    )`.execute(query);
  return rows.map(({ name }) => name);
}
