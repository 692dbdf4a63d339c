import { resolve } from "node:path";
import { Command } from "commander";
import { UserError } from "../domain/errors.ts";
import { openDatabaseControl } from "./open-database-control.ts";
import { readControl } from "./read-control.ts";
import { readServiceEnvironment } from "./read-service-environment.ts";
import { runBackfill } from "./run-backfill.ts";
import type { Terminal } from "./terminal.ts";

const more = `
The service that runs on this machine does the work, and goes on when you press Ctrl-C. DATA_DIR names its data
folder, which is ./data without it; PORT its port. Where there is a DATABASE_URL, any service on that database does it,
wherever it runs. All of them may stand in .env.

Examples:
  curtain-call backfill               every repository that the app is installed on
  curtain-call backfill acme/tides    one of them`;

/** The command `backfill`: has the running service read the history of repositories into its ledger. */
export function createBackfillCommand(terminal: Terminal): Command {
  return new Command("backfill")
    .summary("have the service read the history of repositories")
    .description("Has the running service read the history of repositories into its ledger, and shows how far it is.")
    .usage("[<owner>/<name>] [options]")
    .argument("[repository]", "the repository; without it, all that the app is installed on")
    .option("--url <address>", "of the service, where it is not at PORT of this machine")
    .addHelpText("after", more)
    .allowExcessArguments(false)
    .action(async (repository: string | undefined, options: { url?: string }) => {
      if (repository !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
        throw new UserError(`'${repository}' is no repository; write it as owner/name`, { misuse: true });
      }
      const environment = readServiceEnvironment(terminal);
      const url = options.url ?? `http://127.0.0.1:${environment["PORT"] || "3000"}`;
      if (!URL.canParse(url)) {
        throw new UserError(`'${url}' is no address; write it as http://127.0.0.1:3000`, { misuse: true });
      }
      const folder = resolve(terminal.cwd(), environment["DATA_DIR"] || "./data");
      const database = environment["DATABASE_URL"] || null;
      if (database === null || options.url !== undefined) {
        await runBackfill(await readControl({ url, folder }), repository ?? null, terminal);
        return;
      }
      const control = await openDatabaseControl(database, () => new Date());
      try {
        await runBackfill(control, repository ?? null, terminal);
      } finally {
        await control.close();
      }
    });
}
