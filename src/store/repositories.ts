import type { Transaction } from "./open-database.ts";

export interface StoredRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
}

/** Keeps a repository as it is now: it may have been renamed, or have moved to another owner. */
export async function rememberRepository(
  transaction: Transaction,
  installationId: number,
  { id, owner, name, isPrivate, defaultBranch }: StoredRepository,
): Promise<void> {
  const values = { owner, name, is_private: isPrivate, default_branch: defaultBranch };
  await transaction
    .insertInto("repositories")
    .values({ installation_id: installationId, repository_id: id, ...values })
    .onConflict((conflict) => conflict.columns(["installation_id", "repository_id"]).doUpdateSet(values))
    .execute();
}
