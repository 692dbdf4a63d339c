import { sql } from "kysely";
import type { Role } from "../domain/credit/roles.ts";
import { isCounted, isListed, type LedgerWish, visibleRepositories } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";
import { settleTallies } from "./settle-tallies.ts";
import { isDayWithin, isEven, isHidden, talliedWorks } from "./tallied-works.ts";

export interface MonthOfRole {
  /** As in `2026-03`, in UTC. */
  readonly month: string;
  readonly role: Role;
  readonly credits: number;
}

/**
 * How many credits of people there were in each month and role, the earliest month first; those without any are left out.
 * It may end within a day.
 */
export async function readMonths(database: Pick<Database, "query">, wish: LedgerWish): Promise<MonthOfRole[]> {
  if (wish.accountId !== null) return readMonthsOfPerson(database, wish);
  await settleTallies(database, wish.installationId);
  const whole = { ...wish, until: wish.until === null ? null : startOfDay(wish.until) };
  const ending = { ...wish, since: later(whole.until, wish.since) };
  const there = sql`c.repository_id in (select repository_id from repository) and not c.is_assistant`;
  // Of those who are hidden the tallies have credits too, and of an unfinished day everybody's are read.
  const { rows } = await sql<MonthOfRole>`
    with ${talliedWorks({ ...wish, role: null })}
    select to_char(month, 'YYYY-MM') as month, role, sum(credits)::int as credits
    from (
      select date_trunc('month', day) as month, role, sum(credits) as credits from tally_days
      where installation_id = ${wish.installationId} and repository_id in (select repository_id from scope)
        and role <> '' and ${isDayWithin(whole)}
      group by 1, 2
      union all
      select date_trunc('month', c.counted_at at time zone 'UTC'), c.role, -count(*) from credits c
      where ${isCounted(whole)} and ${there} and ${isHidden(wish)} and ${isEven(wish)}
      group by 1, 2
      union all
      select date_trunc('month', c.counted_at at time zone 'UTC'), c.role, count(*) from credits c
      where ${whole.until === null ? sql`false` : isCounted(ending)} and ${there} and ${isListed(wish)} and ${isEven(wish)}
      group by 1, 2
      union all
      select date_trunc('month', c.counted_at at time zone 'UTC'), c.role, count(*) from uneven c
      where ${there} and ${isListed(wish)}
      group by 1, 2
    ) each
    group by each.month, role having sum(credits) <> 0
    order by each.month, role
  `.execute(database.query);
  return rows;
}

async function readMonthsOfPerson({ query }: Pick<Database, "query">, wish: LedgerWish): Promise<MonthOfRole[]> {
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

function startOfDay(moment: Date): Date {
  return new Date(`${moment.toISOString().slice(0, 10)}T00:00:00Z`);
}

function later(one: Date | null, other: Date | null): Date | null {
  return one === null || (other !== null && other > one) ? other : one;
}
