import type { Migration } from "kysely/migration";
import { runStatements } from "./run-statements.ts";

/** Plans of playbooks, and the journals of their runs. */
export const playbooks: Migration = {
  up: (database) =>
    runStatements(database, [
      `create table playbook_runs (
        id text primary key,
        installation_id bigint not null,
        repository_id bigint not null,
        issue_number integer not null,
        comment_id bigint not null,
        hash text not null,
        plan jsonb not null,
        answers jsonb not null,
        state text not null check (
          state in ('planned', 'superseded', 'cancelled', 'running', 'done', 'incomplete', 'failed')
        ),
        source_key text not null,
        used_by text not null,
        requester_id bigint not null,
        confirmed_by_id bigint,
        confirmed_by_login text,
        target_id bigint,
        cause text,
        created_at timestamptz not null,
        finished_at timestamptz,
        unique (installation_id, repository_id, issue_number, comment_id, hash)
      )`,
      `create index playbook_runs_by_source on playbook_runs (installation_id, source_key)
        where state in ('done', 'incomplete')`,
      `create table playbook_effects (
        run_id text not null references playbook_runs (id) on delete cascade,
        effect text not null,
        state text not null check (state in ('begun', 'done', 'missing')),
        result jsonb not null,
        cause text,
        changed_at timestamptz not null,
        primary key (run_id, effect)
      )`,
    ]),
};
