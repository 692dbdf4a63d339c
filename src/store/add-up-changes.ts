import { sql } from "kysely";
import { mergeDays, mergeTallies } from "./merge-tallies.ts";
import type { Database } from "./open-database.ts";

/** How many changes are added up at once, so that others get their turn with the database. */
const most = 10_000;

const work = sql`repository_id, subject_kind, subject`;

/**
 * Takes the oldest changes of an installation's credits into its tallies. A work whose credits do not all count since
 * one day, or of whose people one is an assistant and is not, cannot be added up by day: it is named in `uneven_works`.
 */
export async function addUpChanges(transaction: Database["query"], installationId: number): Promise<void> {
  await sql`
    with touched as (
      select distinct ${work} from (
        select ${work} from credit_changes where installation_id = ${installationId}
        order by ${work} limit ${most}
      ) first
    ), news as (
      delete from credit_changes c using touched t
      where c.installation_id = ${installationId} and c.repository_id = t.repository_id
        and c.subject_kind = t.subject_kind and c.subject = t.subject
      returning c.repository_id, c.subject_kind, c.subject, person_key, is_assistant, role, day, change
    ), credit as (
      select ${work}, person_key, is_assistant, role, day, sum(is_now) > 0 as is_now, sum(is_now - change) > 0 as was
      from (
        select c.repository_id, c.subject_kind, c.subject, person_key, is_assistant, role,
          (counted_at at time zone 'UTC')::date as day, 1 as is_now, 0 as change
        from touched t join credits c on c.installation_id = ${installationId} and c.repository_id = t.repository_id
          and c.subject_kind = t.subject_kind and c.subject = t.subject
        where counted_at is not null
        union all
        select ${work}, person_key, is_assistant, role, day, 0, change from news
      ) one
      group by ${work}, person_key, is_assistant, role, day
    ), work as (
      select ${work}, ${isEven(sql`is_now`)} as is_even, ${isEven(sql`was`)} as was_even,
        array_agg(person_key) as people, array_agg(is_assistant) as assistants, array_agg(role) as roles,
        array_agg(day) as days, array_agg(is_now) as now, array_agg(was) as before
      from credit group by ${work}
    ), evened as (
      delete from uneven_works u using work
      where u.installation_id = ${installationId} and u.repository_id = work.repository_id
        and u.subject_kind = work.subject_kind and u.subject = work.subject and is_even
    ), unevened as (
      insert into uneven_works select ${installationId}::bigint, ${work} from work where not is_even
      on conflict do nothing
    ), signed as (
      select ${work}, person_key, is_assistant, role, day, change
      from work,
        unnest(people, assistants, roles, days, now, before) one (person_key, is_assistant, role, day, is_now, was),
        unnest(array[1, -1]) change
      where case change when 1 then is_now and is_even else was and was_even end
    ), of_person as (
      select repository_id, role, person_key, is_assistant, day, change from signed
      union all
      select repository_id, '', person_key, is_assistant, day, change
      from (select distinct ${work}, person_key, is_assistant, day, change from signed) whole
    ), of_day as (
      select repository_id, role, day, change as works, credits * change as credits from (
        select ${work}, role, day, change, count(*) filter (where not is_assistant) as credits
        from signed group by ${work}, role, day, change
        union all
        select ${work}, '', day, change, count(*) filter (where not is_assistant)
        from signed group by ${work}, day, change
      ) whole
    ), scope as (
      select repository_id, repository_id as scope_id from work
      union
      select repository_id, 0 from tallied_repositories
      where installation_id = ${installationId} and repository_id in (select repository_id from work)
    ), changed as (
      select scope_id as repository_id, role, person_key, is_assistant, day, sum(change)::integer as change
      from of_person join scope using (repository_id)
      group by scope_id, role, person_key, is_assistant, day having sum(change) <> 0
    ), changed_day as (
      select scope_id as repository_id, role, day, sum(works)::integer as works, sum(credits)::integer as credits
      from of_day join scope using (repository_id)
      group by scope_id, role, day
    ), ${mergeTallies(installationId)}, ${mergeDays(installationId)}
    select
  `.execute(transaction);
}

function isEven(isThere: ReturnType<typeof sql>) {
  return sql`coalesce(
    min(day) filter (where ${isThere}) = max(day) filter (where ${isThere})
      and count(distinct person_key) filter (where ${isThere})
        = count(distinct (person_key, is_assistant)) filter (where ${isThere}),
    true
  )`;
}
