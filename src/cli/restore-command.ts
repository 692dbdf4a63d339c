import { resolve } from "node:path";
import { Command } from "commander";
import { UserError } from "../domain/errors.ts";
import { restoreBackup } from "../store/restore-backup.ts";
import { readServiceEnvironment } from "./read-service-environment.ts";
import type { Terminal } from "./terminal.ts";

const more = `
End the service first. DATA_DIR names its data folder, which is ./data without it; it may stand in .env. The database
that is there is moved aside, and nothing is deleted. Once the service runs again, it asks GitHub for what came since.

Example:
  curtain-call restore data/backups/ledger-20260301T120000Z.tar.gz`;

/** The command `restore`: puts a backup in the place of the embedded database. */
export function createRestoreCommand(terminal: Terminal): Command {
  return new Command("restore")
    .summary("put a backup of the ledger in its place")
    .description("Puts a backup in the place of the embedded database, while the service does not run.")
    .usage("<file> [options]")
    .argument("<file>", "the backup, from the folder backups in the data folder")
    .addHelpText("after", more)
    .allowExcessArguments(false)
    .action(async (file: string) => {
      const environment = readServiceEnvironment(terminal);
      if (environment["DATABASE_URL"]) {
        throw new UserError("DATABASE_URL names a PostgreSQL database; restore it with pg_restore", { misuse: true });
      }
      const folder = resolve(terminal.cwd(), environment["DATA_DIR"] || "./data", "ledger");
      const before = await restoreBackup({ file: resolve(terminal.cwd(), file), folder, now: new Date() });
      terminal.stdout.write(`Restored ${file}. Start the service again.\n`);
      if (before !== null) terminal.stdout.write(`What was there before is in ${before}.\n`);
    });
}
