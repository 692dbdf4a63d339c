import { sql } from "kysely";
import { visibleRepositories } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";
import type { PublicOwner } from "./public-owners.ts";

export interface PublicRepository {
  readonly id: number;
  readonly name: string;
}

export interface PublicPerson {
  readonly accountId: number;
  readonly login: string;
  readonly name: string;
}

/** An owner's public repository of this name, in whatever casing; null where there is none. */
export async function findRepository(
  { query }: Pick<Database, "query">,
  { installationId }: PublicOwner,
  name: string,
): Promise<PublicRepository | null> {
  const { rows } = await sql<PublicRepository>`
    select repository_id as id, name from (${publicOf(installationId)}) repository
    where lower(name) = lower(${name})
    order by repository_id desc limit 1
  `.execute(query);
  return rows[0] ?? null;
}

/**
 * Whoever is known by this login, in whatever casing, and has credit that counts in a public repository, or taught or was
 * taught there; null where nobody has, or asked not to be listed. Of two, whose credit is the newer: a login may be
 * somebody else's after a while.
 */
export async function findPerson(
  { query }: Pick<Database, "query">,
  { installationId }: PublicOwner,
  login: string,
): Promise<PublicPerson | null> {
  const { rows } = await sql<PublicPerson>`
    with repository as (${publicOf(installationId)}), known as (
      select account_id, login, name, 'account:' || account_id as key
      from people
      where installation_id = ${installationId} and lower(login) = lower(${login}) and not is_hidden
    ), seen as (
      select known.*, (
        select max(c.counted_at) from credits c
        where c.installation_id = ${installationId} and c.person_key = known.key
          and c.repository_id in (select repository_id from repository)
      ) as credited, (
        select max(m.counted_at) from mentorships m
        where m.installation_id = ${installationId} and known.key in (m.mentor_key, m.mentee_key)
          and m.repository_id in (select repository_id from repository)
      ) as taught
      from known
    )
    select account_id as "accountId", login, coalesce(nullif(name, ''), (
      select nullif(display_name, '') from credits
      where installation_id = ${installationId} and person_key = key and counted_at is not null
      order by counted_at desc limit 1
    ), login) as name
    from seen
    where credited is not null or taught is not null
    order by greatest(credited, taught) desc, account_id desc limit 1
  `.execute(query);
  return rows[0] ?? null;
}

function publicOf(installationId: number) {
  return visibleRepositories({ installationId, visible: { alsoRepositoryId: null }, repositoryId: null });
}
