import { sql } from "kysely";
import { isCounted, isListed, type LedgerWish, visibleRepositories } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";

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
  const { rows } = await sql<WorksInRepository>`
    with repository as (${visibleRepositories(wish)}), work as (
      select c.repository_id, max(c.counted_at) as last
      from credits c
      where ${isCounted(wish)} and ${isListed(wish)} and not c.is_assistant
        and c.repository_id in (select repository_id from repository)
      group by c.repository_id, c.subject_kind, c.subject
    )
    select repository.name, count(*)::int as works, max(work.last) as last
    from work join repository on repository.repository_id = work.repository_id
    group by repository.repository_id, repository.name
    order by works desc, name collate "C"
  `.execute(query);
  return rows;
}
