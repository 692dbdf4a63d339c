import { createServer } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { gitHubContentLimits } from "../../src/github/create-turns.ts";
import { createLog } from "../../src/main/create-log.ts";
import type { Credentials } from "../../src/main/read-credentials.ts";
import { startApp } from "../../src/main/start-app.ts";
import { openDatabase } from "../../src/store/open-database.ts";

/** What the process is told by its argument. */
export interface AppSettings {
  readonly credentials: Credentials;
  readonly databaseUrl: string | null;
  readonly folder: string;
  /** Which several processes may share. */
  readonly port: number;
}

/** The app as a process, in a hurry: it looks for what it missed every few seconds. It prints a line once it is ready. */
const { credentials, databaseUrl: url, folder, port }: AppSettings = JSON.parse(process.argv[2] ?? "");
const clock = (): Date => new Date();
const database = await openDatabase({ url, folder: join(folder, "ledger") });
const app = await startApp({
  credentials,
  database,
  ledgerKey: new Uint8Array(32),
  tokens: { control: null, metrics: null, operations: null },
  clonesFolder: join(folder, `clones-${process.pid}`),
  clock,
  log: createLog(process.stderr, clock),
  pause: 20,
  contentLimits: gitHubContentLimits.map(({ most, within }) => ({ most, within: within / 10 })),
  // Many of its requests fail, and nobody has the time to wait in between.
  retries: { limit: 12, seconds: 0 },
  schedule: {
    sweep: 2000,
    reconcile: 60_000,
    backup: 3_600_000,
    sweepLimits: { pages: 10, asks: 300, pause: 5, again: 1000, underWay: 2000 },
  },
});

const http = new Hono();
/** How much is left to do. */
http.get("/left", async ({ json }) => {
  const counts = Object.values(await app.count());
  const jobs = counts.reduce((sum, { waiting, running }) => sum + waiting + running, 0);
  const missing = await database.query.selectFrom("missing_deliveries").select("id").execute();
  const runs = await database.query.selectFrom("playbook_runs").select("id").where("state", "=", "running").execute();
  return json({ jobs, missing: missing.length, runs: runs.length });
});
http.route("/", app.http);

const server = createServer((incoming, outgoing) => void getRequestListener(http.fetch)(incoming, outgoing));
server.listen({ port, host: "127.0.0.1", reusePort: true }, () => process.stdout.write("ready\n"));
process.on("SIGTERM", () => {
  server.closeAllConnections();
  server.close();
  void app
    .stop()
    .then(database.close)
    .then(() => process.exit(0));
});
