import { sql } from "kysely";
import { isCounted, isListed } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";
import { settleTallies } from "./settle-tallies.ts";
import { isEven, isHidden, talliedWorks } from "./tallied-works.ts";

export interface CountedRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  /** How many pull requests, commits and issues somebody has credit for there, and how many people they are. */
  readonly works: number;
  readonly people: number;
  /** When something last counted; null where nothing does. */
  readonly last: Date | null;
}

const everything = {
  visible: { alsoRepositoryId: null },
  repositoryId: null,
  accountId: null,
  since: null,
  until: null,
  role: null,
};

/** An installation's public repositories, by name, with what counts there. */
export async function readRepositories(
  { query }: Pick<Database, "query">,
  { installationId }: { readonly installationId: number },
): Promise<CountedRepository[]> {
  await settleTallies({ query }, installationId);
  const wish = { ...everything, installationId };
  const { rows } = await sql<CountedRepository>`
    with ${talliedWorks(wish)}, tallied as (
      select repository_id, sum(works) as works from tally_days
      where installation_id = ${installationId} and repository_id in (select repository_id from repository) and role = ''
      group by repository_id
    ), uneven_listed as (
      select c.repository_id, count(distinct (c.subject_kind, c.subject)) as works from uneven c
      where ${isListed(wish)} group by c.repository_id
    ), hidden as (
      select repository_id, count(*) as works
      from (
        select distinct c.repository_id, c.subject_kind, c.subject from credits c
        where ${isCounted(wish)} and ${isHidden(wish)} and ${isEven(wish)}
          and c.repository_id in (select repository_id from repository)
      ) work
      where not exists (
        select from credits c
        where ${isCounted(wish)} and ${isListed(wish)} and c.repository_id = work.repository_id
          and c.subject_kind = work.subject_kind and c.subject = work.subject
      )
      group by repository_id
    ), counted as (
      select repository_id, sum(people)::int as people
      from (
        select c.repository_id, count(*) as people from tallies c
        where c.installation_id = ${installationId} and c.role = '' and not c.is_assistant
          and c.repository_id in (select repository_id from repository) and not ${isHidden(wish)}
        group by c.repository_id
        union all
        select c.repository_id, count(distinct c.person_key) from uneven c
        where not c.is_assistant and ${isListed(wish)} and not exists (
          select from tallies t
          where t.installation_id = ${installationId} and t.repository_id = c.repository_id and t.role = ''
            and t.person_key = c.person_key and not t.is_assistant
        )
        group by c.repository_id
      ) each
      group by repository_id
    )
    select repository.repository_id as id, owner, name,
      (coalesce(tallied.works, 0) + coalesce(uneven_listed.works, 0) - coalesce(hidden.works, 0))::int as works,
      coalesce(people, 0) as people, (
        select c.counted_at from credits c
        where ${isCounted(wish)} and ${isListed(wish)} and c.repository_id = repository.repository_id
        order by c.counted_at desc limit 1
      ) as last
    from repository
      left join tallied on tallied.repository_id = repository.repository_id
      left join uneven_listed on uneven_listed.repository_id = repository.repository_id
      left join hidden on hidden.repository_id = repository.repository_id
      left join counted on counted.repository_id = repository.repository_id
    order by owner collate "C", name collate "C"
  `.execute(query);
  return rows;
}
