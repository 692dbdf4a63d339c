import type { Migration } from "kysely/migration";
import { ledger } from "./migrations/002-ledger.ts";
import { neverLost } from "./migrations/007-never-lost.ts";
import { playbooks } from "./migrations/008-playbooks.ts";
import { tallies } from "./migrations/010-tallies.ts";
import { runStatements } from "./migrations/run-statements.ts";

/** What was done to the tables, in order. An entry that was released is never changed: a new one follows it. */
export const migrations: Readonly<Record<string, Migration>> = {
  "001-first-tables": {
    up: (database) =>
      runStatements(database, [
        `create table deliveries (
          id text primary key,
          event text not null,
          action text,
          installation_id bigint,
          payload text,
          state text not null check (state in ('received', 'done', 'failed', 'dead')),
          reference text,
          tries integer not null default 0,
          received_at timestamptz not null,
          finished_at timestamptz,
          error text
        )`,
        "create index deliveries_by_state on deliveries (state, finished_at)",
        "create index deliveries_by_reference on deliveries (reference) where reference is not null",
        "create index deliveries_by_installation on deliveries (installation_id)",
        `create table repositories (
          installation_id bigint not null,
          repository_id bigint not null,
          owner text not null,
          name text not null,
          is_private boolean not null,
          default_branch text not null,
          primary key (installation_id, repository_id)
        )`,
        `create table people (
          installation_id bigint not null,
          account_id bigint not null,
          login text not null,
          primary key (installation_id, account_id)
        )`,
        `create table pull_requests (
          installation_id bigint not null,
          repository_id bigint not null,
          number integer not null,
          state text not null check (state in ('open', 'closed', 'merged')),
          title text not null,
          url text not null,
          head_sha text,
          landed_sha text,
          primary key (installation_id, repository_id, number)
        )`,
        `create table credits (
          installation_id bigint not null,
          repository_id bigint not null,
          pull_number integer not null,
          person_key text not null,
          account_id bigint,
          display_name text not null,
          role text not null,
          subject text not null default '',
          is_assistant boolean not null,
          state text not null check (state in ('promised', 'landed', 'lost')),
          evidence_kind text not null,
          evidence_url text not null,
          evidence_detail text,
          primary key (installation_id, repository_id, pull_number, person_key, role, subject)
        )`,
        `create table configurations (
          installation_id bigint not null,
          repository_id bigint not null,
          text text not null,
          primary key (installation_id, repository_id)
        )`,
        "create index credits_by_account on credits (installation_id, account_id)",
      ]),
  },
  "002-ledger": ledger,
  "003-default-branch": {
    up: (database) =>
      runStatements(database, ["alter table repositories add column settings_tree text, add column seen_sha text"]),
  },
  "004-landed-commits": {
    up: (database) => runStatements(database, ["alter table pull_requests add column landed_commits integer"]),
  },
  "005-relations": {
    up: (database) =>
      runStatements(database, [
        `alter table pull_requests
          add column backport_of integer[] not null default '{}',
          add column reverts integer[] not null default '{}'`,
      ]),
  },
  "006-releases": {
    up: (database) =>
      runStatements(database, [
        `create table releases (
          installation_id bigint not null,
          repository_id bigint not null,
          release_id bigint not null,
          tag text not null,
          is_draft boolean not null,
          range text not null,
          works jsonb not null,
          primary key (installation_id, repository_id, release_id)
        )`,
        `create table told (
          installation_id bigint not null,
          repository_id bigint not null,
          thing text not null,
          told_at timestamptz not null,
          primary key (installation_id, repository_id, thing)
        )`,
      ]),
  },
  "007-never-lost": neverLost,
  "008-playbooks": playbooks,
  "009-release-states": {
    up: (database) =>
      runStatements(database, ["alter table releases add column state text, add column published_at timestamptz"]),
  },
  "010-tallies": tallies,
};
