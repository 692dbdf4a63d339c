import { sql } from "kysely";
import { type Run, type RunPerson, type RunPlace, type RunState, sourceKeyOf, userOf } from "../domain/playbook/run.ts";
import { jsonText } from "./json-text.ts";
import type { Database } from "./open-database.ts";
import type { StoredRun } from "./tables.ts";

type Query = Pick<Database, "query">;
/** Whose run, and which. */
export type RunKey = Pick<Run, "installationId" | "id">;
export type NewRun = Omit<Run, "state" | "confirmedBy" | "targetId" | "cause" | "finishedAt">;

/**
 * Keeps a plan that waits to be confirmed, in place of those that wait in the same conversation. Gives the run under which
 * it is kept: the one that was kept before, where the same comment made the same plan.
 */
export async function keepPlan({ query }: Query, run: NewRun): Promise<Run> {
  return query.transaction().execute(async (transaction) => {
    // Two that are asked for at the same moment take turns, so that one of them is superseded.
    const place = `plan ${run.installationId} ${run.repositoryId} ${run.issueNumber}`;
    await sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`.execute(transaction);
    await transaction
      .updateTable("playbook_runs")
      .set({ state: "superseded" })
      .where("installation_id", "=", run.installationId)
      .where("repository_id", "=", run.repositoryId)
      .where("issue_number", "=", run.issueNumber)
      .where("state", "=", "planned")
      .where((row) => row.or([row("comment_id", "!=", run.commentId), row("hash", "!=", run.hash)]))
      .execute();
    const row = await transaction
      .insertInto("playbook_runs")
      .values({
        id: run.id,
        installation_id: run.installationId,
        repository_id: run.repositoryId,
        issue_number: run.issueNumber,
        comment_id: run.commentId,
        hash: run.hash,
        plan: jsonText(run.plan),
        answers: jsonText(run.answers),
        state: "planned",
        source_key: sourceKeyOf(run.plan),
        used_by: userOf(run.plan),
        requester_id: run.plan.requester.id,
        created_at: run.createdAt,
      })
      .onConflict((conflict) =>
        conflict
          .columns(["installation_id", "repository_id", "issue_number", "comment_id", "hash"])
          .doUpdateSet({ hash: run.hash }),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
    return toRun(row);
  });
}

/** An installation's run by its id; null where there is none (any more). */
export async function readRun({ query }: Query, { installationId, id }: RunKey): Promise<Run | null> {
  const row = await query
    .selectFrom("playbook_runs")
    .selectAll()
    .where("installation_id", "=", installationId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : toRun(row);
}

/** The plans and runs of a conversation, the newest first: 20 at most. */
export async function findRuns({ query }: Query, place: RunPlace): Promise<readonly Run[]> {
  const rows = await query
    .selectFrom("playbook_runs")
    .selectAll()
    .where("installation_id", "=", place.installationId)
    .where("repository_id", "=", place.repositoryId)
    .where("issue_number", "=", place.issueNumber)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .limit(20)
    .execute();
  return rows.map(toRun);
}

/** The newest plan that a comment asked for; null where it made none. */
export async function findRunOfComment(
  { query }: Query,
  { commentId, ...place }: RunPlace & Pick<Run, "commentId">,
): Promise<Run | null> {
  const row = await query
    .selectFrom("playbook_runs")
    .selectAll()
    .where("installation_id", "=", place.installationId)
    .where("repository_id", "=", place.repositoryId)
    .where("issue_number", "=", place.issueNumber)
    .where("comment_id", "=", commentId)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toRun(row);
}

export interface RunChange {
  /** In which state it has to be. */
  readonly from: readonly RunState[];
  readonly state: RunState;
  readonly confirmedBy?: RunPerson;
  /** Why it failed; forgotten where it is not given. */
  readonly cause?: string;
  /** Null where it goes on. */
  readonly finishedAt: Date | null;
}

/** Changes a run's state, where it is one of those in which it has to be. Gives whether it was. */
export async function changeRun(
  { query }: Query,
  { installationId, id }: RunKey,
  { from, state, confirmedBy, cause, finishedAt }: RunChange,
): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable("playbook_runs")
    .set({
      state,
      cause: cause ?? null,
      finished_at: finishedAt,
      ...(confirmedBy !== undefined && {
        confirmed_by_id: confirmedBy.id,
        confirmed_by_login: confirmedBy.login,
      }),
    })
    .where("installation_id", "=", installationId)
    .where("id", "=", id)
    .where("state", "in", from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Keeps which repository a run made, or works on. */
export async function setTarget({ query }: Query, { installationId, id }: RunKey, targetId: number): Promise<void> {
  await query
    .updateTable("playbook_runs")
    .set({ target_id: targetId })
    .where("installation_id", "=", installationId)
    .where("id", "=", id)
    .execute();
}

/** Forgets the plans that were made before a moment and never confirmed. */
export async function forgetRuns({ query }: Query, before: Date): Promise<void> {
  await query
    .deleteFrom("playbook_runs")
    .where("state", "in", ["planned", "superseded", "cancelled"])
    .where("created_at", "<", before)
    .execute();
}

/** How often an installation used a playbook, and how many of its teams did. */
export async function countUse(
  { query }: Query,
  { installationId, sourceKey }: { readonly installationId: number; readonly sourceKey: string },
): Promise<{ readonly runs: number; readonly teams: number }> {
  const { rows } = await sql<{ runs: number; teams: number }>`
    select count(*)::integer as runs, count(distinct used_by)::integer as teams
    from playbook_runs
    where installation_id = ${installationId} and source_key = ${sourceKey} and state in ('done', 'incomplete')
  `.execute(query);
  return rows[0] ?? { runs: 0, teams: 0 };
}

/** The titles of the issues that earlier runs opened in a repository. */
export async function findOpenedIssues(
  { query }: Query,
  { installationId, targetId }: { readonly installationId: number; readonly targetId: number },
): Promise<readonly string[]> {
  const { rows } = await sql<{ title: string }>`
    select distinct issue->>'title' as title
    from playbook_runs, jsonb_array_elements(plan->'issues') issue
    where installation_id = ${installationId} and target_id = ${targetId} and state in ('done', 'incomplete')
  `.execute(query);
  return rows.map(({ title }) => title);
}

function toRun(row: StoredRun): Run {
  return {
    id: row.id,
    installationId: row.installation_id,
    repositoryId: row.repository_id,
    issueNumber: row.issue_number,
    commentId: row.comment_id,
    plan: row.plan,
    hash: row.hash,
    answers: row.answers,
    state: row.state,
    confirmedBy: row.confirmed_by_id === null ? null : { id: row.confirmed_by_id, login: row.confirmed_by_login ?? "" },
    targetId: row.target_id,
    cause: row.cause,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
