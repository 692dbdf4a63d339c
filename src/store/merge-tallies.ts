import { type RawBuilder, sql } from "kysely";

/** Named queries that bring `changed`, how many works a day has more or less, into an installation's tallies. */
export function mergeTallies(installationId: number): RawBuilder<unknown> {
  return sql`merged as (
    select of.*, merge_days(coalesce(tallies.days, '{}'), added, removed) as days
    from (
      select repository_id, role, person_key, is_assistant,
        coalesce(array_agg(day order by day) filter (where change > 0), '{}') as added,
        coalesce(array_agg(day order by day) filter (where change < 0), '{}') as removed
      from changed, generate_series(1, abs(change))
      group by repository_id, role, person_key, is_assistant
    ) of
    left join tallies on tallies.installation_id = ${installationId} and tallies.repository_id = of.repository_id
      and tallies.role = of.role and tallies.person_key = of.person_key and tallies.is_assistant = of.is_assistant
  ), emptied as (
    delete from tallies using merged
    where tallies.installation_id = ${installationId} and tallies.repository_id = merged.repository_id
      and tallies.role = merged.role and tallies.person_key = merged.person_key
      and tallies.is_assistant = merged.is_assistant and cardinality(merged.days) = 0
  ), kept as (
    insert into tallies (installation_id, repository_id, role, person_key, is_assistant, works, days)
    select ${installationId}::bigint, repository_id, role, person_key, is_assistant, cardinality(days), days
    from merged where cardinality(days) > 0
    on conflict (installation_id, repository_id, role, person_key, is_assistant)
    do update set works = excluded.works, days = excluded.days
  )`;
}

/** The same for `changed_day`, how many works and credits a day has more or less. */
export function mergeDays(installationId: number): RawBuilder<unknown> {
  return sql`merged_day as (
    select of.repository_id, of.role, of.day,
      of.works + coalesce(tally_days.works, 0) as works, of.credits + coalesce(tally_days.credits, 0) as credits
    from changed_day of
    left join tally_days on tally_days.installation_id = ${installationId}
      and tally_days.repository_id = of.repository_id and tally_days.role = of.role and tally_days.day = of.day
  ), emptied_day as (
    delete from tally_days using merged_day
    where tally_days.installation_id = ${installationId} and tally_days.repository_id = merged_day.repository_id
      and tally_days.role = merged_day.role and tally_days.day = merged_day.day and merged_day.works = 0
  ), kept_day as (
    insert into tally_days (installation_id, repository_id, role, day, works, credits)
    select ${installationId}::bigint, repository_id, role, day, works, credits from merged_day where works <> 0
    on conflict (installation_id, repository_id, role, day)
    do update set works = excluded.works, credits = excluded.credits
  )`;
}
