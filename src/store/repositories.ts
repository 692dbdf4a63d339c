import type { Database, Transaction } from "./open-database.ts";
import type { RepositoryKey } from "./subject-key.ts";

export interface StoredRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
}

/**
 * Keeps a repository as it is now: it may have been renamed, made private or public, have moved to another owner, or
 * have come back.
 */
export async function rememberRepository(
  transaction: Transaction,
  installationId: number,
  { id, owner, name, isPrivate, defaultBranch }: StoredRepository,
): Promise<void> {
  const values = { owner, name, is_private: isPrivate, default_branch: defaultBranch, gone_at: null };
  await transaction
    .insertInto("repositories")
    .values({ installation_id: installationId, repository_id: id, ...values })
    .onConflict((conflict) => conflict.columns(["installation_id", "repository_id"]).doUpdateSet(values))
    .execute();
}

/** Keeps the id of the folder that a repository's settings are in; says whether it was another one before. */
export async function keepSettingsTree(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  tree: string | null,
): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable("repositories")
    .set({ settings_tree: tree })
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("settings_tree", "is distinct from", tree)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** A repository as it was last seen; null where it never was. */
export async function readStoredRepository(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
): Promise<StoredRepository | null> {
  const row = await query
    .selectFrom("repositories")
    .select(["repository_id as id", "owner", "name", "is_private as isPrivate", "default_branch as defaultBranch"])
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .executeTakeFirst();
  return row ?? null;
}

/** The other installations that know a repository: a transfer leaves more than one. */
export async function readOtherHolders(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
): Promise<{ readonly installationId: number; readonly isGone: boolean }[]> {
  const rows = await query
    .selectFrom("repositories")
    .select(["installation_id", "gone_at"])
    .where("repository_id", "=", repositoryId)
    .where("installation_id", "<>", installationId)
    .orderBy("installation_id")
    .execute();
  return rows.map((row) => ({ installationId: row.installation_id, isGone: row.gone_at !== null }));
}

/** Which of an installation's repositories another installation knows as well. */
export async function findShared(
  { query }: Pick<Database, "query">,
  installationId: number,
): Promise<ReadonlySet<number>> {
  const rows = await query
    .selectFrom("repositories as own")
    .innerJoin("repositories as other", "other.repository_id", "own.repository_id")
    .select("own.repository_id")
    .distinct()
    .where("own.installation_id", "=", installationId)
    .where("other.installation_id", "<>", installationId)
    .execute();
  return new Set(rows.map((row) => row.repository_id));
}

/** What the ledger has seen of a default branch that had no commits when its history was read. */
export const nothingYet = "";

/** The commit of the default branch up to which the ledger has them all; `nothingYet` for none, null before it begins. */
export async function readSeen(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
): Promise<string | null> {
  const row = await query
    .selectFrom("repositories")
    .select("seen_sha")
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .executeTakeFirst();
  return row?.seen_sha ?? null;
}

/**
 * The ledger now has all commits up to another one; whoever has moved it since it was read keeps what they made it, and
 * then this says false.
 */
export async function moveSeen(
  transaction: Transaction,
  { installationId, repositoryId }: RepositoryKey,
  { from, to }: { readonly from: string | null; readonly to: string },
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("repositories")
    .set({ seen_sha: to })
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("seen_sha", "is not distinct from", from)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** The repositories that an installation reaches, as they were last seen; of all installations where it is null. */
export async function readRepositories(
  { query }: Pick<Database, "query">,
  installationId: number | null,
): Promise<
  (RepositoryKey & {
    readonly owner: string;
    readonly name: string;
    readonly historyState: "none" | "loading" | "loaded";
  })[]
> {
  const all = query.selectFrom("repositories").selectAll().where("gone_at", "is", null);
  const rows = await (installationId === null ? all : all.where("installation_id", "=", installationId))
    .orderBy("installation_id")
    .orderBy("repository_id")
    .execute();
  return rows.map((row) => ({
    installationId: row.installation_id,
    repositoryId: row.repository_id,
    owner: row.owner,
    name: row.name,
    historyState: row.history_state,
  }));
}

/** The installation does not reach a repository any more. What is known of it stays for a while; see `forgetGone`. */
export async function loseRepository(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  now: Date,
): Promise<void> {
  await query
    .updateTable("repositories")
    .set({ gone_at: now })
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("gone_at", "is", null)
    .execute();
}

/** Whether the ledger has all that was done in a repository before it began. */
export async function isHistoryLoaded(database: Pick<Database, "query">, key: RepositoryKey): Promise<boolean> {
  return (await readHistoryState(database, key)) === "loaded";
}

/** Whether what was done before the ledger began is being read, so that not everybody is known yet. */
export async function isHistoryLoading(database: Pick<Database, "query">, key: RepositoryKey): Promise<boolean> {
  return (await readHistoryState(database, key)) === "loading";
}

async function readHistoryState({ query }: Pick<Database, "query">, { installationId, repositoryId }: RepositoryKey) {
  const row = await query
    .selectFrom("repositories")
    .select("history_state")
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .executeTakeFirst();
  return row?.history_state;
}
