import type { Database, Transaction } from "./open-database.ts";
import { settleTallies } from "./settle-tallies.ts";
import type { RepositoryKey } from "./subject-key.ts";
import type { Tables } from "./tables.ts";
import { holdTallies } from "./take-turns.ts";

/** The tables with what belongs to one repository. */
const ofRepositories = [
  "credits",
  "mentorships",
  "corrections",
  "earlier_work",
  "pull_requests",
  "configurations",
  "backfills",
  "releases",
  "told",
  "playbook_runs",
  "repositories",
] as const satisfies readonly (keyof Tables)[];

/** The tables with what belongs to an installation as a whole; whatever adds credits up comes after them. */
const ofInstallations = [
  "credit_changes",
  "tallies",
  "tally_days",
  "uneven_works",
  "tallied_repositories",
  "people",
  "addresses",
  "forgotten",
  "deliveries",
  "missing_deliveries",
  "installations",
] as const satisfies readonly (keyof Tables)[];

/** Deletes everything that is known of an installation, as its owner may ask at any time by uninstalling the app. */
export async function forgetInstallation({ query }: Pick<Database, "query">, installationId: number): Promise<void> {
  await query.transaction().execute((transaction) => deleteInstallation(transaction, installationId));
}

/** The same, within a transaction. */
export async function deleteInstallation(transaction: Transaction, installationId: number): Promise<void> {
  // Whoever adds its credits up at the moment would write tallies that are not seen here.
  await holdTallies(transaction, installationId);
  for (const table of [...ofRepositories, ...ofInstallations]) {
    await transaction.deleteFrom(table).where("installation_id", "=", installationId).execute();
  }
}

/** Deletes everything that an installation knows of one repository. */
export async function deleteRepository(
  transaction: Transaction,
  { installationId, repositoryId }: RepositoryKey,
): Promise<void> {
  for (const table of ofRepositories) {
    await transaction
      .deleteFrom(table)
      .where("installation_id", "=", installationId)
      .where("repository_id", "=", repositoryId)
      .execute();
  }
  // Until it is added up, tallies name those whose credit it was.
  await settleTallies({ query: transaction }, installationId);
}
