import { sql } from "kysely";
import type { Role } from "../domain/credit/roles.ts";
import { isCounted, type LedgerWish, visibleRepositories } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";
import { type LedgerTally, rankPeople, toTally } from "./rank-people.ts";

/** Adds up what counts in one role alone, by person: in the same order and with the same limits as `readTally`. */
export async function readTallyOfRole(
  { query }: Pick<Database, "query">,
  wish: LedgerWish & { readonly limit: number; readonly role: Role },
): Promise<LedgerTally> {
  const { role } = wish;
  const { rows } = await rankPeople(wish, {
    given: sql`credit as (
      select c.person_key as key, c.is_assistant, c.repository_id, c.subject_kind, c.subject, c.counted_at
      from credits c
      where ${isCounted(wish)} and c.role = ${role}
        and c.repository_id in (select repository_id from (${visibleRepositories(wish)}) repository)
    )`,
    own: sql`
      select key, is_assistant, count(*)::int as works, min(counted_at) as first, max(counted_at) as last
      from credit group by key, is_assistant`,
    total: sql`select count(*)::int as total from (select distinct repository_id, subject_kind, subject from credit) work`,
  }).execute(query);
  return toTally(rows, ({ works }) => ({ [role]: works }));
}
