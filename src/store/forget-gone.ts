import { deleteInstallation, deleteRepository } from "./forget-installation.ts";
import type { Database } from "./open-database.ts";

/** For so long what is gone may come back, in milliseconds. */
const kept = 30 * 24 * 60 * 60 * 1000;

/** Deletes installations and repositories that have been gone for thirty days, with all of theirs. */
export async function forgetGone({ query }: Pick<Database, "query">, now: Date): Promise<void> {
  const before = new Date(now.getTime() - kept);
  // Whatever comes back meanwhile waits, or is seen as there again.
  await query.transaction().execute(async (transaction) => {
    const gone = await transaction
      .selectFrom("installations")
      .select("installation_id")
      .where("gone_at", "<=", before)
      .orderBy("installation_id")
      .forUpdate()
      .execute();
    for (const { installation_id: installationId } of gone) await deleteInstallation(transaction, installationId);
  });
  await query.transaction().execute(async (transaction) => {
    const gone = await transaction
      .selectFrom("repositories")
      .select(["installation_id", "repository_id"])
      .where("gone_at", "<=", before)
      .orderBy("installation_id")
      .orderBy("repository_id")
      .forUpdate()
      .execute();
    for (const { installation_id: installationId, repository_id: repositoryId } of gone) {
      await deleteRepository(transaction, { installationId, repositoryId });
    }
  });
}
