import type { Database, Transaction } from "./open-database.ts";
import type { RepositoryKey } from "./subject-key.ts";

/** Keeps what GitHub said about whether accounts had work in a repository before the ledger began. */
export async function rememberEarlierWork(
  transaction: Transaction,
  { installationId, repositoryId }: RepositoryKey,
  answers: ReadonlyMap<number, boolean>,
): Promise<void> {
  if (answers.size === 0) return;
  await transaction
    .insertInto("earlier_work")
    .values(
      Array.from(answers, ([accountId, hasEarlier]) => ({
        installation_id: installationId,
        repository_id: repositoryId,
        account_id: accountId,
        has_earlier: hasEarlier,
      })).toSorted((one, other) => one.account_id - other.account_id),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["installation_id", "repository_id", "account_id"])
        .doUpdateSet((row) => ({ has_earlier: row.ref("excluded.has_earlier") })),
    )
    .execute();
}

/** What GitHub said about those of the accounts that it was asked about. */
export async function readEarlierWork(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  accountIds: readonly number[],
): Promise<Map<number, boolean>> {
  if (accountIds.length === 0) return new Map();
  const rows = await query
    .selectFrom("earlier_work")
    .select(["account_id", "has_earlier"])
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("account_id", "in", [...accountIds])
    .execute();
  return new Map(rows.map((row) => [row.account_id, row.has_earlier]));
}
