import { sql } from "kysely";
import { isCounted, isListed, type LedgerWish } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";
import { settleTallies } from "./settle-tallies.ts";
import { talliedWorks, worksWithin } from "./tallied-works.ts";

export interface WorksInRepository {
  readonly name: string;
  /** How many pull requests, commits and issues there is credit for. */
  readonly works: number;
  readonly last: Date;
}

/** Where an account's works are, most of them first; repositories without any are left out. */
export async function readWorksByRepository(
  { query }: Pick<Database, "query">,
  wish: LedgerWish & { readonly accountId: number },
): Promise<WorksInRepository[]> {
  const { installationId, accountId } = wish;
  await settleTallies({ query }, installationId);
  const { rows } = await sql<WorksInRepository>`
    with ${talliedWorks({ ...wish, role: null })}, counted as (
      select repository_id, sum(works)::int as works
      from (
        select repository_id, ${worksWithin(wish)} as works from tallies
        where installation_id = ${installationId} and repository_id in (select repository_id from repository)
          and role = '' and person_key = ${`account:${accountId}`} and not is_assistant
        union all
        select repository_id, count(distinct (subject_kind, subject)) from uneven
        where not is_assistant group by repository_id
      ) each
      group by repository_id having sum(works) > 0
    ), placed as (
      select repository.name, works, (
        select c.counted_at from credits c
        where ${isCounted(wish)} and ${isListed(wish)} and not c.is_assistant
          and c.repository_id = counted.repository_id
        order by c.counted_at desc limit 1
      ) as last
      from counted join repository on repository.repository_id = counted.repository_id
    )
    select * from placed where last is not null order by works desc, name collate "C"
  `.execute(query);
  return rows;
}
