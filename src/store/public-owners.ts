import { sql } from "kysely";
import type { Database } from "./open-database.ts";
import { settleAllTallies } from "./settle-tallies.ts";

/** Whose public repositories anybody may see. */
export interface PublicOwner {
  readonly installationId: number;
  /** As it was last seen. */
  readonly login: string;
}

export interface CountedOwner extends PublicOwner {
  /** How many public repositories, and people with credit that counts there. */
  readonly repositories: number;
  readonly people: number;
}

/**
 * One installation per login: of two that say the same, one has not been told yet that its owner has another name now,
 * and the newer one is right. One that sleeps or is gone, or whose repositories are all private, is not there at all.
 */
const owners = sql`
  select distinct on (lower(installation.login)) installation.installation_id, installation.login
  from installations installation
  where installation.state = 'active' and installation.login is not null and exists (
    select from repositories
    where repositories.installation_id = installation.installation_id and not is_private and gone_at is null
  )
  order by lower(installation.login), installation.installation_id desc`;

/** Everybody with public repositories, by login. */
export async function readOwners({ query }: Pick<Database, "query">): Promise<CountedOwner[]> {
  await settleAllTallies({ query });
  const { rows } = await sql<{
    readonly installation_id: number;
    readonly login: string;
    readonly repositories: number;
    readonly people: number;
  }>`
    with owner as (${owners}), repository as (
      select installation_id, repository_id from repositories
      where not is_private and gone_at is null and installation_id in (select installation_id from owner)
    ), person as (
      select installation_id, person_key from tallies
      where installation_id in (select installation_id from owner) and repository_id = 0 and role = '' and not is_assistant
      union
      select c.installation_id, c.person_key
      from uneven_works u
        join repository on repository.installation_id = u.installation_id and repository.repository_id = u.repository_id
        join credits c on c.installation_id = u.installation_id and c.repository_id = u.repository_id
          and c.subject_kind = u.subject_kind and c.subject = u.subject
      where c.counted_at is not null and not c.is_assistant
    ), people as (
      select person.installation_id, count(*)::int as people
      from person
      where not exists (
        select from people hidden
        where hidden.installation_id = person.installation_id and hidden.is_hidden
          and hidden.account_id = case when person.person_key like 'account:%' then substr(person.person_key, 9)::bigint end
      )
      group by person.installation_id
    )
    select owner.*, coalesce(people.people, 0) as people, (
      select count(*)::int from repository where repository.installation_id = owner.installation_id
    ) as repositories
    from owner left join people on people.installation_id = owner.installation_id
    order by lower(owner.login) collate "C"
  `.execute(query);
  return rows.map(({ installation_id: installationId, ...counts }) => ({ installationId, ...counts }));
}

/** Whoever has this login, in whatever casing, and public repositories; null where nobody has. */
export async function findOwner({ query }: Pick<Database, "query">, login: string): Promise<PublicOwner | null> {
  const { rows } = await sql<{ readonly installation_id: number; readonly login: string }>`
    select * from (${owners}) owner where lower(owner.login) = lower(${login})
  `.execute(query);
  const [row] = rows;
  return row === undefined ? null : { installationId: row.installation_id, login: row.login };
}
