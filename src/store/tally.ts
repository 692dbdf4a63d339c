import { sql } from "kysely";
import type { Role } from "../domain/credit/roles.ts";
import { jsonText } from "./json-text.ts";
import { isCounted, type LedgerWish, visibleRepositories } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";
import { type LedgerTally, type RankedPerson, rankPeople, toTally } from "./rank-people.ts";

/** Adds up what counts, by person. Whoever asked not to be listed is not. */
export async function readTally(
  { query }: Pick<Database, "query">,
  wish: LedgerWish & { readonly limit: number },
): Promise<LedgerTally> {
  const counted = sql`from credits c where ${isCounted(wish)} and c.repository_id = repository.repository_id`;
  // Each repository is read in the order of its index, so that works need no sorting to be told from one another. What
  // somebody did for one of them counts since one moment.
  const { rows } = await rankPeople(wish, {
    given: sql`repository as (${visibleRepositories(wish)})`,
    own: sql`
      select person_key as key, is_assistant, count(*)::int as works, min(counted_at) as first, max(counted_at) as last
      from repository, lateral (
        select distinct on (subject_kind, subject, person_key) person_key, is_assistant, counted_at
        ${counted}
        order by subject_kind, subject, person_key
      ) work
      group by person_key, is_assistant`,
    total: sql`
      select coalesce(sum(works), 0)::int as total
      from repository, lateral (
        select count(*) as works from (select distinct subject_kind, subject ${counted}) work
      ) there`,
  }).execute(query);
  const { rows: counts } = await countRoles(wish, rows).execute(query);
  const rolesOf = Map.groupBy(counts, ({ key, is_assistant }) => `${is_assistant} ${key}`);
  return toTally(rows, ({ key, is_assistant }) => {
    const own = rolesOf.get(`${is_assistant} ${key}`) ?? [];
    return Object.fromEntries(own.map(({ role, count }) => [role, count]));
  });
}

/** The roles of those who are listed. */
function countRoles(wish: LedgerWish, people: readonly RankedPerson[]) {
  const keys = jsonText(Array.from(new Set(people.map(({ key }) => key))));
  return sql<{ readonly key: string; readonly is_assistant: boolean; readonly role: Role; readonly count: number }>`
    with repository as (${visibleRepositories(wish)})
    select one.key, own.is_assistant, own.role, own.count
    from jsonb_array_elements_text(${keys}::text::jsonb) as one (key), lateral (
      select is_assistant, role, count(*)::int as count
      from credits c
      where ${isCounted(wish)} and c.person_key = one.key
        and c.repository_id in (select repository_id from repository)
      group by is_assistant, role
    ) own
  `;
}
