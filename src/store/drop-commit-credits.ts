import type { Transaction } from "./open-database.ts";
import type { RepositoryKey } from "./subject-key.ts";

/** Deletes the credit of commits by themselves: they came by a pull request, which has it. */
export async function dropCommitCredits(
  transaction: Transaction,
  { installationId, repositoryId }: RepositoryKey,
  shas: readonly string[],
): Promise<void> {
  if (shas.length === 0) return;
  for (const table of ["credits", "mentorships"] as const) {
    await transaction
      .deleteFrom(table)
      .where("installation_id", "=", installationId)
      .where("repository_id", "=", repositoryId)
      .where("subject_kind", "=", "commit")
      .where("subject", "in", [...shas])
      .execute();
  }
}
