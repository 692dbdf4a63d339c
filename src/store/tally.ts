import { sql } from "kysely";
import { type Role, roles } from "../domain/credit/roles.ts";
import { jsonText } from "./json-text.ts";
import type { LedgerWish } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";
import { type LedgerTally, type RankedPerson, rankPeople, toTally } from "./rank-people.ts";
import { settleTallies } from "./settle-tallies.ts";
import { talliedWorks, worksWithin } from "./tallied-works.ts";

/** Adds up what counts, by person. Whoever asked not to be listed is not. */
export async function readTally(
  { query }: Pick<Database, "query">,
  wish: LedgerWish & { readonly limit: number },
): Promise<LedgerTally> {
  await settleTallies({ query }, wish.installationId);
  const { rows } = await rankPeople({ ...wish, role: null }).execute(query);
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
    with ${talliedWorks({ ...wish, role: null })}, asked as (
      select jsonb_array_elements_text(${keys}::text::jsonb) as key
    ), role as (
      select jsonb_array_elements_text(${jsonText(roles)}::text::jsonb) as role
    )
    select key, is_assistant, role, sum(works)::int as count
    from (
      select asked.key, tallies.is_assistant, tallies.role, ${worksWithin(wish)} as works
      from scope cross join role cross join asked join tallies on tallies.installation_id = ${wish.installationId}
        and tallies.repository_id = scope.repository_id and tallies.role = role.role and tallies.person_key = asked.key
      union all
      select person_key, is_assistant, role, 1 from uneven where person_key in (select key from asked)
    ) each
    group by key, is_assistant, role having sum(works) > 0
  `;
}
