import type { Migration } from "kysely/migration";
import { runStatements } from "./run-statements.ts";

const place = "installation_id bigint not null, repository_id bigint not null";
const subject = 'subject_kind text collate "C" not null, subject text collate "C" not null';
const person = 'person_key text collate "C" not null, is_assistant boolean not null';
/** Empty for any role. */
const role = 'role text collate "C" not null';

const tables = [
  // What changed in the ledger since it was added up, with how many of each there are more or less.
  `create table credit_changes (${place}, ${subject}, ${person}, ${role},
    day date not null,
    change smallint not null,
    id bigint generated always as identity,
    primary key (installation_id, repository_id, subject_kind, subject, id)
  )`,
  // Repository 0 is all of an installation's that are public. The days are in order, one for each work.
  `create table tallies (${place}, ${role}, ${person},
    works integer not null,
    days date[] not null,
    primary key (installation_id, repository_id, role, person_key, is_assistant)
  )`,
  `create table tally_days (${place}, ${role},
    day date not null,
    works integer not null,
    credits integer not null,
    primary key (installation_id, repository_id, role, day)
  )`,
  `create table uneven_works (${place}, ${subject}, primary key (installation_id, repository_id, subject_kind, subject))`,
  `create table tallied_repositories (${place}, primary key (installation_id, repository_id))`,
];

const columns = "installation_id, repository_id, subject_kind, subject, person_key, is_assistant, role";
const counted = `select ${columns}, (counted_at at time zone 'UTC')::date as day`;

/** Whoever writes credits need not know of it. */
const triggers = [
  `create function note_credit_changes() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      insert into credit_changes (${columns}, day, change)
      select *, 1 from (${counted} from after where counted_at is not null) now;
    elsif tg_op = 'DELETE' then
      insert into credit_changes (${columns}, day, change)
      select *, -1 from (${counted} from before where counted_at is not null) then_;
    else
      insert into credit_changes (${columns}, day, change)
      select *, 1 from (
        ${counted} from after where counted_at is not null
        except all ${counted} from before where counted_at is not null
      ) now
      union all select *, -1 from (
        ${counted} from before where counted_at is not null
        except all ${counted} from after where counted_at is not null
      ) then_;
    end if;
    return null;
  end $$`,
  `create trigger credits_inserted after insert on credits referencing new table as after
    for each statement execute function note_credit_changes()`,
  `create trigger credits_deleted after delete on credits referencing old table as before
    for each statement execute function note_credit_changes()`,
  `create trigger credits_updated after update on credits referencing old table as before new table as after
    for each statement execute function note_credit_changes()`,
  // One at a time where they are few, so that long lists are only copied.
  `create function merge_days(days date[], added date[], removed date[]) returns date[] language plpgsql immutable as $$
  declare
    one date;
    place integer;
  begin
    if cardinality(added) + cardinality(removed) > 50 then
      return array(
        select day from (
          select day, sum(change)::integer as times from (
            select unnest(days) as day, 1 as change
            union all select unnest(added), 1
            union all select unnest(removed), -1
          ) each group by day
        ) counted, generate_series(1, times)
        order by day
      );
    end if;
    foreach one in array added loop
      place := width_bucket(one, days);
      days := days[:place] || one || days[place + 1:];
    end loop;
    foreach one in array removed loop
      place := width_bucket(one, days);
      if place > 0 and days[place] = one then
        days := days[:place - 1] || days[place + 1:];
      end if;
    end loop;
    return days;
  end $$`,
];

/** Each credit that can be added up, for its repository, and for all public ones where it is one of them. */
const everywhere = `
  select c.installation_id, scope.repository_id, c.repository_id as own_id, c.subject_kind, c.subject, c.person_key,
    c.is_assistant, c.role, (c.counted_at at time zone 'UTC')::date as day
  from credits c
  left join tallied_repositories t on t.installation_id = c.installation_id and t.repository_id = c.repository_id
  cross join lateral (select c.repository_id union all select 0 where t.repository_id is not null) scope
  where c.counted_at is not null and not exists (
    select from uneven_works u
    where u.installation_id = c.installation_id and u.repository_id = c.repository_id
      and u.subject_kind = c.subject_kind and u.subject = c.subject
  )`;

/** Makes tallies of the credits that are there, where there are none yet. */
export const tallyAll: readonly string[] = [
  `insert into tallied_repositories
    select installation_id, repository_id from repositories where not is_private and gone_at is null`,
  `insert into uneven_works
    select installation_id, repository_id, subject_kind, subject from (${counted} from credits where counted_at is not null) c
    group by installation_id, repository_id, subject_kind, subject
    having min(day) <> max(day) or count(distinct person_key) <> count(distinct (person_key, is_assistant))`,
  `insert into tallies
    select installation_id, repository_id, role, person_key, is_assistant, count(*), array_agg(day order by day)
    from (
      select installation_id, repository_id, role, person_key, is_assistant, day from (${everywhere}) one
      union all
      select installation_id, repository_id, '', person_key, is_assistant, day from (
        select distinct installation_id, repository_id, own_id, subject_kind, subject, person_key, is_assistant, day
        from (${everywhere}) one
      ) work
    ) each
    group by installation_id, repository_id, role, person_key, is_assistant`,
  `insert into tally_days
    select installation_id, repository_id, role, day, count(*), sum(credits)
    from (
      select installation_id, repository_id, role, day, count(*) filter (where not is_assistant) as credits
      from (${everywhere}) one
      group by installation_id, repository_id, own_id, subject_kind, subject, role, day
      union all
      select installation_id, repository_id, '', day, count(*) filter (where not is_assistant)
      from (${everywhere}) one
      group by installation_id, repository_id, own_id, subject_kind, subject, day
    ) work
    group by installation_id, repository_id, role, day`,
];

/** What pages are made from without reading each credit, and what it takes to keep it so. */
export const tallies: Migration = { up: (database) => runStatements(database, [...tables, ...triggers, ...tallyAll]) };
