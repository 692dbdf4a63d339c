import { sql } from "kysely";
import type { Role } from "../domain/credit/roles.ts";
import { isCounted, isListed, type LedgerWish, visibleRepositories } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";

export interface MonthOfRole {
  /** As in `2026-03`, in UTC. */
  readonly month: string;
  readonly role: Role;
  readonly credits: number;
}

/** How many credits of people there were in each month and role, the earliest month first; those without any are left out. */
export async function readMonths({ query }: Pick<Database, "query">, wish: LedgerWish): Promise<MonthOfRole[]> {
  const { rows } = await sql<MonthOfRole>`
    select to_char(month, 'YYYY-MM') as month, role, credits from (
      select date_trunc('month', c.counted_at at time zone 'UTC') as month, c.role, count(*)::int as credits
      from credits c
      where ${isCounted(wish)} and not c.is_assistant and ${isListed(wish)}
        and c.repository_id in (select repository_id from (${visibleRepositories(wish)}) repository)
      group by 1, 2
    ) counted
    order by month, role
  `.execute(query);
  return rows;
}
