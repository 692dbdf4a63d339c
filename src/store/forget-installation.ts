import type { Database } from "./open-database.ts";

/** Deletes everything that is known of an installation, as its owner may ask at any time by uninstalling the app. */
export async function forgetInstallation({ query }: Database, installationId: number): Promise<void> {
  await query.transaction().execute(async (transaction) => {
    for (const table of [
      "credits",
      "configurations",
      "pull_requests",
      "people",
      "repositories",
      "deliveries",
    ] as const) {
      await transaction.deleteFrom(table).where("installation_id", "=", installationId).execute();
    }
  });
}
