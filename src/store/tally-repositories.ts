import { type RawBuilder, sql } from "kysely";
import { mergeDays, mergeTallies } from "./merge-tallies.ts";
import type { Database } from "./open-database.ts";

/** A query of the repositories whose tallies are to be in those of repository 0. */
export function publicRepositories(installationId: number): RawBuilder<unknown> {
  return sql`
    select repository_id from repositories
    where installation_id = ${installationId} and not is_private and gone_at is null`;
}

/** Takes into an installation's public tallies the repositories that are public by now, and out of them the others. */
export async function tallyRepositories(transaction: Database["query"], installationId: number): Promise<void> {
  const tallied = sql`select repository_id from tallied_repositories where installation_id = ${installationId}`;
  await bring(transaction, installationId, {
    moved: sql`
      insert into tallied_repositories
      select ${installationId}::bigint, repository_id from (${publicRepositories(installationId)} except ${tallied}) news
      returning repository_id`,
    change: 1,
  });
  await bring(transaction, installationId, {
    moved: sql`
      delete from tallied_repositories where installation_id = ${installationId} and repository_id not in (${publicRepositories(installationId)})
      returning repository_id`,
    change: -1,
  });
}

async function bring(
  transaction: Database["query"],
  installationId: number,
  { moved, change }: { readonly moved: RawBuilder<unknown>; readonly change: 1 | -1 },
): Promise<void> {
  await sql`
    with moved as (${moved}), changed as (
      select 0::bigint as repository_id, role, person_key, is_assistant, day, (count(*) * ${change}::integer)::integer as change
      from moved join tallies on tallies.installation_id = ${installationId}
        and tallies.repository_id = moved.repository_id, unnest(days) as day
      group by role, person_key, is_assistant, day
    ), changed_day as (
      select 0::bigint as repository_id, role, day,
        (sum(works) * ${change}::integer)::integer as works, (sum(credits) * ${change}::integer)::integer as credits
      from moved join tally_days on tally_days.installation_id = ${installationId}
        and tally_days.repository_id = moved.repository_id
      group by role, day
    ), ${mergeTallies(installationId)}, ${mergeDays(installationId)}
    select
  `.execute(transaction);
}
