import { type RawBuilder, sql } from "kysely";
import type { Role } from "../domain/credit/roles.ts";
import type { LedgerWish } from "./ledger-wish.ts";

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

export interface Works {
  /** Named queries that the two others may use. */
  readonly given: RawBuilder<unknown>;
  /** By person, as `key` and `is_assistant`: how many `works`, and when the `first` and the `last` counted. */
  readonly own: RawBuilder<unknown>;
  /** How many works there are, as `total`. */
  readonly total: RawBuilder<unknown>;
}

/** A query of people with their names, those with most works first; whoever asked not to be listed is not. */
export function rankPeople(
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
