import { type RawBuilder, sql } from "kysely";
import type { Role } from "../../src/domain/credit/roles.ts";
import { jsonText } from "../../src/store/json-text.ts";
import { isCounted, isListed, type LedgerWish, visibleRepositories } from "../../src/store/ledger-wish.ts";
import type { MonthOfRole } from "../../src/store/months.ts";
import type { Database } from "../../src/store/open-database.ts";
import type { CountedOwner } from "../../src/store/public-owners.ts";
import type { CountedRepository } from "../../src/store/public-repositories.ts";
import { type LedgerTally, type RankedPerson, toTally } from "../../src/store/rank-people.ts";
import type { WorksInRepository } from "../../src/store/works-by-repository.ts";

// What pages show, by reading each credit: what tallies are held against.

interface Works {
  /** Named queries that the two others may use. */
  readonly given: RawBuilder<unknown>;
  /** By person, as `key` and `is_assistant`: how many `works`, and when the `first` and the `last` counted. */
  readonly own: RawBuilder<unknown>;
  /** How many works there are, as `total`. */
  readonly total: RawBuilder<unknown>;
}

/** A query of people with their names, those with most works first; whoever asked not to be listed is not. */
function rankPeople(
  { installationId, limit }: Pick<LedgerWish, "installationId"> & { readonly limit: number },
  { given, own, total }: Works,
): RawBuilder<RankedPerson> {
  return sql<RankedPerson>`
    with ${given}, own as (${own}), numbered as (
      select own.*, case when key like 'account:%' then substr(key, 9)::bigint end as account_id from own
    ), named as materialized (
      select numbered.*, people.login, coalesce(nullif(people.name, ''), (
        select nullif(display_name, '') from credits
        where installation_id = ${installationId} and person_key = key and counted_at is not null
        order by counted_at desc limit 1
      ), people.login, '') as name
      from numbered left join people
        on people.installation_id = ${installationId} and people.account_id = numbered.account_id
      where people.is_hidden is not true
    ), ranked as (
      select named.*, (count(*) over (partition by is_assistant))::int as of, row_number() over (
        partition by is_assistant order by works desc, name collate "C", key collate "C"
      ) as place
      from named
    ), total as (${total})
    select ranked.*, total from ranked, total where place <= ${limit} order by is_assistant, place
  `;
}

/** Adds up what counts, by person. Whoever asked not to be listed is not. */
export async function tallyByReading(
  { query }: Pick<Database, "query">,
  wish: LedgerWish & { readonly limit: number },
): Promise<LedgerTally> {
  const counted = sql`from credits c where ${isCounted(wish)} and c.repository_id = repository.repository_id`;
  const { rows } = await rankPeople(wish, {
    given: sql`repository as (${visibleRepositories(wish)})`,
    own: sql`
      select person_key as key, is_assistant, count(*)::int as works, min(first) as first, max(last) as last
      from repository, lateral (
        select person_key, is_assistant, min(counted_at) as first, max(counted_at) as last
        ${counted}
        group by subject_kind, subject, person_key, is_assistant
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
/** Adds up what counts in one role alone, by person: in the same order and with the same limits as `readTally`. */
export async function tallyOfRoleByReading(
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
/** How many credits of people there were in each month and role, the earliest month first; those without any are left out. */
export async function monthsByReading({ query }: Pick<Database, "query">, wish: LedgerWish): Promise<MonthOfRole[]> {
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
/** An installation's public repositories, by name, with what counts there. */
export async function repositoriesByReading(
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
const owners = sql`
  select distinct on (lower(installation.login)) installation.installation_id, installation.login
  from installations installation
  where installation.state = 'active' and installation.login is not null and exists (
    select from repositories
    where repositories.installation_id = installation.installation_id and not is_private and gone_at is null
  )
  order by lower(installation.login), installation.installation_id desc`;

/** Everybody with public repositories, by login. */
export async function ownersByReading({ query }: Pick<Database, "query">): Promise<CountedOwner[]> {
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
      select distinct repository.installation_id, there.person_key
      from repository, lateral (
        select distinct c.person_key from credits c
        where c.installation_id = repository.installation_id and c.repository_id = repository.repository_id
          and c.counted_at is not null and not c.is_assistant
      ) there
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

/** Where an account's works are, most of them first; repositories without any are left out. */
export async function worksByReading(
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
