import { type RawBuilder, sql } from "kysely";
import type { Role } from "../domain/credit/roles.ts";
import { isCounted } from "./ledger-wish.ts";
import { isDayWithin, isInRole, isTallied, talliedWorks, type WorksWish, worksWithin } from "./tallied-works.ts";

/** What somebody did, added up. */
export interface TalliedPerson {
  readonly key: string;
  readonly accountId: number | null;
  readonly login: string | null;
  readonly name: string;
  /** How many pull requests, commits and issues they have credit for. */
  readonly works: number;
  /** For how many of them in each role. */
  readonly roles: Readonly<Partial<Record<Role, number>>>;
  readonly first: Date;
  readonly last: Date;
}

export interface LedgerTally {
  /** Those with most works first, then by name; no more than was asked for. */
  readonly people: readonly TalliedPerson[];
  readonly assistants: readonly TalliedPerson[];
  /** How many pull requests, commits and issues somebody has credit for. */
  readonly works: number;
  /** How many people there are in all. */
  readonly peopleCount: number;
}

export interface RankedPerson {
  readonly key: string;
  readonly is_assistant: boolean;
  readonly account_id: number | null;
  readonly login: string | null;
  readonly name: string;
  readonly works: number;
  readonly first: Date;
  readonly last: Date;
  /** How many of their kind there are, and how many works in all. */
  readonly of: number;
  readonly total: number;
}

/**
 * A query of people with their names, those with most works first; whoever asked not to be listed is not. Only those who
 * may be shown are given names and moments, which takes a look at their credits.
 */
export function rankPeople(wish: WorksWish & { readonly limit: number }): RawBuilder<RankedPerson> {
  const { installationId, accountId, limit, role } = wish;
  const works = worksWithin(wish);
  const isAsked = accountId === null ? sql`true` : sql`person_key = ${`account:${accountId}`}`;
  const total =
    accountId === null
      ? sql`select sum(works) from tally_days where ${isTallied(wish, "tally_days")} and ${isDayWithin(wish)}`
      : sql`select sum(${works}) from tallies where ${isTallied(wish, "tallies")} and ${isAsked}`;
  const own = sql`
    from credits c where ${isCounted(wish)} and ${isInRole(role)}
      and c.person_key = ranked.key and c.is_assistant = ranked.is_assistant
      and c.repository_id in (select repository_id from repository)`;
  return sql<RankedPerson>`
    with ${talliedWorks(wish)}, own as (
      select person_key as key, is_assistant, sum(works)::int as works
      from (
        select person_key, is_assistant, ${works} as works from tallies where ${isTallied(wish, "tallies")} and ${isAsked}
        union all
        select person_key, is_assistant, 1 from (
          select distinct on (repository_id, subject_kind, subject, person_key) person_key, is_assistant
          from uneven order by repository_id, subject_kind, subject, person_key, role
        ) work
      ) each
      group by person_key, is_assistant having sum(works) > 0
    ), numbered as (
      select own.*, case when key like 'account:%' then substr(key, 9)::bigint end as account_id from own
    ), listed as (
      select numbered.*, people.login, people.name,
        (count(*) over (partition by is_assistant))::int as of,
        rank() over (partition by is_assistant order by works desc) as least_place
      from numbered left join people
        on people.installation_id = ${installationId} and people.account_id = numbered.account_id
      where people.is_hidden is not true
    ), named as materialized (
      select key, is_assistant, works, account_id, login, of, coalesce(nullif(name, ''), (
        select nullif(display_name, '') from credits
        where installation_id = ${installationId} and person_key = key and counted_at is not null
        order by counted_at desc limit 1
      ), login, '') as name
      from listed where least_place <= ${limit}
    ), ranked as (
      select named.*, row_number() over (
        partition by is_assistant order by works desc, name collate "C", key collate "C"
      ) as place
      from named
    )
    select ranked.*, (
      coalesce((${total}), 0) + (select count(distinct (repository_id, subject_kind, subject)) from uneven)
    )::int as total,
      (select c.counted_at ${own} order by c.counted_at limit 1) as first,
      (select c.counted_at ${own} order by c.counted_at desc limit 1) as last
    from ranked where place <= ${limit} order by is_assistant, place
  `;
}

/** Puts ranked people in two lists, with what they did in each role. */
export function toTally(
  rows: readonly RankedPerson[],
  rolesOf: (person: RankedPerson) => TalliedPerson["roles"],
): LedgerTally {
  const toPeople = (isAssistant: boolean): TalliedPerson[] =>
    rows
      .filter(({ is_assistant }) => is_assistant === isAssistant)
      .map((row) => {
        const { key, account_id: accountId, login, name, works, first, last } = row;
        return { key, accountId, login, name, works, roles: rolesOf(row), first, last };
      });
  return {
    people: toPeople(false),
    assistants: toPeople(true),
    works: rows[0]?.total ?? 0,
    peopleCount: rows.find(({ is_assistant }) => !is_assistant)?.of ?? 0,
  };
}
