import { sql } from "kysely";
import { isListed, visibleRepositories } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";

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

/** An installation's public repositories, by name, with what counts there. */
export async function readRepositories(
  { query }: Pick<Database, "query">,
  { installationId }: { readonly installationId: number },
): Promise<CountedRepository[]> {
  const visible = { installationId, visible: { alsoRepositoryId: null }, repositoryId: null };
  const { rows } = await sql<CountedRepository>`
    with repository as (${visibleRepositories(visible)}), credit as (
      select c.repository_id, c.subject_kind, c.subject, c.person_key, c.is_assistant, c.counted_at
      from credits c
      where c.installation_id = ${installationId} and c.counted_at is not null and ${isListed(visible)}
        and c.repository_id in (select repository_id from repository)
    ), works as (
      select repository_id, count(*)::int as works, max(last) as last
      from (
        select repository_id, max(counted_at) as last from credit group by repository_id, subject_kind, subject
      ) work
      group by repository_id
    ), people as (
      select repository_id, count(*)::int as people
      from (select distinct repository_id, person_key from credit where not is_assistant) person
      group by repository_id
    )
    select repository.repository_id as id, owner, name, coalesce(works, 0) as works, coalesce(people, 0) as people, last
    from repository
      left join works on works.repository_id = repository.repository_id
      left join people on people.repository_id = repository.repository_id
    order by owner collate "C", name collate "C"
  `.execute(query);
  return rows;
}
