import type { Migration } from "kysely/migration";
import { runStatements } from "./run-statements.ts";

/** What it takes to notice what never came. */
export const neverLost: Migration = {
  up: (database) =>
    runStatements(database, [
      "create table routines (name text primary key, begun_at timestamptz not null)",
      `create table delivery_logs (
        app_id text primary key,
        read_to timestamptz,
        begun_at timestamptz,
        cursor text
      )`,
      `create table missing_deliveries (
        id text primary key,
        attempt_id text not null,
        installation_id bigint,
        delivered_at timestamptz not null,
        asked integer not null default 0,
        ask_at timestamptz not null
      )`,
      "create index missing_deliveries_by_moment on missing_deliveries (ask_at)",
      "create index missing_deliveries_by_installation on missing_deliveries (installation_id)",
      "alter table repositories add column reconcile_at timestamptz, add column reconciled_to timestamptz",
      "create index repositories_by_reconciliation on repositories (reconcile_at) where gone_at is null",
    ]),
};
