import type { Migration } from "kysely/migration";
import { runStatements } from "./run-statements.ts";

/** Compared by code point, which is faster, and the same wherever the database is. */
const subject = `
  installation_id bigint not null,
  repository_id bigint not null,
  subject_kind text collate "C" not null check (subject_kind in ('pull request', 'commit', 'issue')),
  subject text collate "C" not null`;

/** The primary key's order and what it includes are what tallies are read by, without the table itself. */
const credits = [
  "alter table credits rename to credits_before",
  "alter table credits_before rename constraint credits_pkey to credits_before_pkey",
  `create table credits (${subject},
    person_key text collate "C" not null,
    account_id bigint,
    display_name text not null,
    role text collate "C" not null,
    is_assistant boolean not null,
    state text not null check (state in ('promised', 'landed', 'lost')),
    counted_at timestamptz,
    evidence jsonb not null,
    primary key (installation_id, repository_id, subject_kind, subject, person_key, role)
      include (is_assistant, counted_at),
    check ((state = 'promised') = (counted_at is null))
  )`,
  // Since when they count was not kept: from now on, until the history is read again.
  `insert into credits
    select installation_id, repository_id, 'pull request', pull_number::text,
      case when bool_or(is_assistant) then regexp_replace(person_key, '^name:', 'assistant:') else person_key end,
      min(account_id), min(display_name), role, bool_or(is_assistant), min(state),
      case when min(state) = 'promised' then null else now() end,
      jsonb_path_query_array(
        jsonb_agg(
          jsonb_build_object('kind', evidence_kind, 'url', evidence_url, 'label', coalesce(evidence_detail, ''))
          order by subject
        ),
        '$[0 to 19]'
      )
    from credits_before
    group by installation_id, repository_id, pull_number, person_key, role`,
  "drop table credits_before",
  `create index credits_by_person on credits (installation_id, person_key, counted_at)
    include (repository_id, role, is_assistant)`,
  "create index credits_by_account on credits (installation_id, account_id) where account_id is not null",
  "create index credits_by_moment on credits (installation_id, repository_id, counted_at) where counted_at is not null",
];

const saidOrDone = [
  `create table mentorships (${subject},
    mentor_key text collate "C" not null,
    mentor_account_id bigint,
    mentor_name text not null,
    mentee_key text collate "C" not null,
    mentee_account_id bigint,
    mentee_name text not null,
    counted_at timestamptz,
    url text not null,
    primary key (installation_id, repository_id, subject_kind, subject, mentor_key, mentee_key)
  )`,
  "create index mentorships_by_mentor on mentorships (installation_id, mentor_key)",
  "create index mentorships_by_mentee on mentorships (installation_id, mentee_key)",
  `create table corrections (${subject},
    comment_id bigint not null,
    position integer not null,
    action text not null check (action in ('credit', 'remove')),
    account_id bigint not null,
    login text not null,
    role text,
    mentee_account_id bigint,
    mentee_login text,
    by_account_id bigint,
    url text not null,
    made_at timestamptz not null,
    primary key (installation_id, repository_id, subject_kind, subject, comment_id, position),
    check (role is not null or action = 'remove')
  )`,
  "create index corrections_by_account on corrections (installation_id, account_id)",
  `create table earlier_work (
    installation_id bigint not null,
    repository_id bigint not null,
    account_id bigint not null,
    has_earlier boolean not null,
    primary key (installation_id, repository_id, account_id)
  )`,
];

const people = [
  "alter table people add column name text",
  "alter table people add column is_hidden boolean not null default false",
  `create table addresses (
    installation_id bigint not null,
    address_hash text not null,
    account_id bigint not null,
    primary key (installation_id, address_hash)
  )`,
  "create index addresses_by_account on addresses (installation_id, account_id)",
  `create table forgotten (
    installation_id bigint not null,
    account_hash text not null,
    primary key (installation_id, account_hash)
  )`,
  "create table keys (name text primary key, fingerprint text not null)",
];

const places = [
  `create table installations (
    installation_id bigint primary key,
    account_id bigint,
    login text,
    state text not null check (state in ('active', 'suspended', 'gone')),
    gone_at timestamptz,
    check ((state = 'gone') = (gone_at is not null))
  )`,
  `insert into installations (installation_id, login, state)
    select installation_id, min(owner), 'active' from repositories group by installation_id`,
  "alter table repositories add column gone_at timestamptz",
  `alter table repositories add column history_state text not null default 'none'
    check (history_state in ('none', 'loading', 'loaded'))`,
  `create table backfills (
    installation_id bigint not null,
    repository_id bigint not null,
    state text not null check (state in ('waiting', 'running', 'done', 'failed')),
    phase text,
    cursor text,
    pulls_total integer,
    pulls_done integer not null,
    commits_done integer not null,
    started_at timestamptz not null,
    updated_at timestamptz not null,
    finished_at timestamptz,
    error text,
    primary key (installation_id, repository_id)
  )`,
];

/** The ledger: credit of pull requests, commits and issues, who taught whom, what people said, and what is to be kept of whom. */
export const ledger: Migration = {
  up: (database) => runStatements(database, [...credits, ...saidOrDone, ...people, ...places]),
};
