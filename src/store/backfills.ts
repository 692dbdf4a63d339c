import type { Selectable } from "kysely";
import type { Database, Transaction } from "./open-database.ts";
import type { RepositoryKey } from "./subject-key.ts";
import type { BackfillsTable, RepositoriesTable } from "./tables.ts";

/** How far reading a repository's history has come. */
export interface BackfillProgress {
  /** What is being read; null before it begins. */
  readonly phase: string | null;
  /** Where to go on; null for the beginning of the phase. */
  readonly cursor: string | null;
  /** Null while it is not known. */
  readonly pullsTotal: number | null;
  readonly pullsDone: number;
  readonly commitsDone: number;
}

export interface Backfill extends BackfillProgress {
  readonly repositoryId: number;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
  readonly error: string | null;
}

const longestError = 500;
const untouched = { phase: null, cursor: null, pulls_total: null, pulls_done: 0, commits_done: 0 };

/**
 * Asks for a repository's history to be read, and gives where to begin. One that waits or runs goes on as it is, one
 * that failed where it stopped, and one that is done begins anew.
 */
export async function startBackfill(transaction: Transaction, key: RepositoryKey, now: Date): Promise<Backfill> {
  const columns = { installation_id: key.installationId, repository_id: key.repositoryId };
  const begun = { state: "waiting", started_at: now, updated_at: now, finished_at: null, error: null } as const;
  await transaction
    .insertInto("backfills")
    .values({ ...columns, ...untouched, ...begun })
    .onConflict((conflict) => conflict.columns(["installation_id", "repository_id"]).doNothing())
    .execute();
  for (const [state, values] of [
    ["failed", begun],
    ["done", { ...untouched, ...begun }],
  ] as const) {
    await update(transaction, key).set(values).where("state", "=", state).execute();
  }
  await setHistory(transaction, key, "loading");
  const row = await transaction
    .selectFrom("backfills")
    .selectAll()
    .where("installation_id", "=", key.installationId)
    .where("repository_id", "=", key.repositoryId)
    .executeTakeFirstOrThrow();
  return toBackfill(row);
}

/** Keeps how far it has come, so that another process may go on from there. */
export async function saveProgress(
  transaction: Transaction,
  key: RepositoryKey,
  { progress, now }: { readonly progress: BackfillProgress; readonly now: Date },
): Promise<void> {
  await update(transaction, key)
    .set({
      state: "running",
      phase: progress.phase,
      cursor: progress.cursor,
      pulls_total: progress.pullsTotal,
      pulls_done: progress.pullsDone,
      commits_done: progress.commitsDone,
      updated_at: now,
    })
    .where("state", "in", ["waiting", "running"])
    .execute();
}

/** All of it is read: from now on who is new can be told from the ledger alone. */
export async function finishBackfill(transaction: Transaction, key: RepositoryKey, now: Date): Promise<void> {
  await update(transaction, key)
    .set({ state: "done", phase: null, cursor: null, updated_at: now, finished_at: now, error: null })
    .execute();
  await setHistory(transaction, key, "loaded");
}

/** It cannot go on; what it has read stays, and so does where it stopped. */
export async function failBackfill(
  transaction: Transaction,
  key: RepositoryKey,
  { error, now }: { readonly error: string; readonly now: Date },
): Promise<void> {
  await update(transaction, key)
    .set({ state: "failed", error: error.slice(0, longestError), updated_at: now, finished_at: now })
    .execute();
  await setHistory(transaction, key, "none");
}

/** A repository's backfill; null where nobody asked for one. */
export async function readBackfill(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
): Promise<Backfill | null> {
  const row = await query
    .selectFrom("backfills")
    .selectAll()
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .executeTakeFirst();
  return row === undefined ? null : toBackfill(row);
}

/** Every installation's backfills, each with the name of its repository. */
export async function readAllBackfills({
  query,
}: Pick<Database, "query">): Promise<
  (Backfill & { readonly installationId: number; readonly owner: string; readonly name: string })[]
> {
  const rows = await query
    .selectFrom("backfills")
    .innerJoin("repositories", (join) =>
      join
        .onRef("repositories.installation_id", "=", "backfills.installation_id")
        .onRef("repositories.repository_id", "=", "backfills.repository_id"),
    )
    .selectAll("backfills")
    .select(["repositories.owner", "repositories.name"])
    .orderBy("backfills.installation_id")
    .orderBy("backfills.repository_id")
    .execute();
  return rows.map(({ owner, name, ...row }) => ({
    ...toBackfill(row),
    installationId: row.installation_id,
    owner,
    name,
  }));
}

/** An installation's backfills, by the repository's number. */
export async function readBackfills({ query }: Pick<Database, "query">, installationId: number): Promise<Backfill[]> {
  const rows = await query
    .selectFrom("backfills")
    .selectAll()
    .where("installation_id", "=", installationId)
    .orderBy("repository_id")
    .execute();
  return rows.map(toBackfill);
}

function update(transaction: Transaction, { installationId, repositoryId }: RepositoryKey) {
  return transaction
    .updateTable("backfills")
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId);
}

async function setHistory(
  transaction: Transaction,
  { installationId, repositoryId }: RepositoryKey,
  state: Selectable<RepositoriesTable>["history_state"],
): Promise<void> {
  await transaction
    .updateTable("repositories")
    .set({ history_state: state })
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .execute();
}

function toBackfill(row: Selectable<BackfillsTable>): Backfill {
  return {
    repositoryId: row.repository_id,
    state: row.state,
    phase: row.phase,
    cursor: row.cursor,
    pullsTotal: row.pulls_total,
    pullsDone: row.pulls_done,
    commitsDone: row.commits_done,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    finishedAt: row.finished_at,
    error: row.error,
  };
}
