import { type RawBuilder, sql } from "kysely";
import type { Role } from "../domain/credit/roles.ts";
import { isCounted, type LedgerWish, visibleRepositories } from "./ledger-wish.ts";

/** In one role, or in any where it is null. */
export type WorksWish = LedgerWish & { readonly role: Role | null };

const dayLength = 24 * 60 * 60 * 1000;

/**
 * Named queries that whatever reads tallies needs: `repository`, the visible ones; `scope`, whose tallies say all that
 * is visible; and `uneven`, the credits that are in no tally, each read by itself.
 */
export function talliedWorks(wish: WorksWish): RawBuilder<unknown> {
  const { installationId, repositoryId, role } = wish;
  const scope = sql`select repository_id from repository`;
  return sql`
    repository as (${visibleRepositories(wish)}), scope as (
      ${repositoryId === null ? sql`select 0::bigint as repository_id union all ${scope} where is_private` : scope}
    ), uneven as (
      select c.* from uneven_works u join credits c on c.installation_id = ${installationId}
        and c.repository_id = u.repository_id and c.subject_kind = u.subject_kind and c.subject = u.subject
      where u.installation_id = ${installationId} and ${isCounted(wish)} and ${isInRole(role)}
        and u.repository_id in (select repository_id from repository)
    )`;
}

/** A condition on `credits c`. */
export function isInRole(role: Role | null): RawBuilder<unknown> {
  return role === null ? sql`true` : sql`c.role = ${role}`;
}

/** A condition on a table of tallies: those of all that the wish is about, in its role; `scope` has to be given. */
export function isTallied(
  { installationId, role }: Pick<WorksWish, "installationId" | "role">,
  table: "tallies" | "tally_days",
): RawBuilder<unknown> {
  const name = sql.table(table);
  return sql`${name}.installation_id = ${installationId} and ${name}.role = ${role ?? ""}
    and ${name}.repository_id in (select repository_id from scope)`;
}

/** How many works of a row of `tallies` are of the days that the wish is about. */
export function worksWithin({ since, until }: Pick<LedgerWish, "since" | "until">): RawBuilder<number> {
  const last = until === null ? sql`works` : sql`width_bucket(${dayBefore(until)}::date, days)`;
  return since === null ? sql`${last}` : sql`(${last} - width_bucket(${dayBefore(since)}::date, days))`;
}

/** A condition on `tally_days`: it is one of the days that the wish is about. */
export function isDayWithin({ since, until }: Pick<LedgerWish, "since" | "until">): RawBuilder<unknown> {
  return sql`${since === null ? sql`true` : sql`day > ${dayBefore(since)}::date`}
    and ${until === null ? sql`true` : sql`day <= ${dayBefore(until)}::date`}`;
}

/** A condition on `credits c`: it is in the tallies. */
export function isEven({ installationId }: Pick<LedgerWish, "installationId">): RawBuilder<unknown> {
  return sql`not exists (
    select from uneven_works u where u.installation_id = ${installationId} and u.repository_id = c.repository_id
      and u.subject_kind = c.subject_kind and u.subject = c.subject
  )`;
}

/** A condition on `credits c`: its person asked not to be listed. */
export function isHidden({ installationId }: Pick<LedgerWish, "installationId">): RawBuilder<unknown> {
  return sql`c.person_key = any (array(
    select 'account:' || account_id from people where installation_id = ${installationId} and is_hidden
  ))`;
}

/** Tallies know whole days. */
function dayBefore(moment: Date): string {
  if (moment.getTime() % dayLength !== 0) throw new Error(`${moment.toISOString()} is not where a day begins in UTC`);
  return new Date(moment.getTime() - dayLength).toISOString().slice(0, 10);
}
