import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { playInSandbox } from "../../src/main/play-in-sandbox.ts";
import { type AppOptions, startApp } from "../../src/main/start-app.ts";
import { findAccount } from "../../src/sandbox/model/state.ts";
import { openDatabase } from "../../src/store/open-database.ts";

/**
 * Starts the whole app, on PGlite in a folder where no database is given, installed on the sandbox's `tidewater`, whose requests
 * take so many milliseconds each.
 */
export async function startBenchApp(latency: number, options: Partial<AppOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "bench-app-"));
  const { sandbox, credentials } = await playInSandbox({ port: 0, folder: null, webhookUrl: "http://127.0.0.1:1/" });
  const { forge } = sandbox;
  const database = options.database ?? (await openDatabase({ url: null, folder }));
  const app = await startApp({
    credentials,
    ledgerKey: new Uint8Array(32),
    tokens: { control: null, metrics: null, operations: null },
    clonesFolder: join(folder, "clones"),
    clock: () => new Date(),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    ...options,
    database,
  });
  const server = serve({ fetch: app.http.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  const [registered] = forge.state.apps.values();
  const [installation] = forge.state.installations.values();
  const ada = findAccount(forge.state, "ada");
  const owner = findAccount(forge.state, "tidewater");
  if (registered === undefined || installation === undefined) throw new Error("nobody has installed the app");
  if (ada === null || owner === null) throw new Error("the story's people are gone");
  registered.webhook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks`;
  if (latency > 0) sandbox.faults.arrange([{ kind: "slow", probability: 1, times: null, milliseconds: latency }], "");

  async function stop(): Promise<void> {
    await app.stop();
    server.close();
    if (options.database === undefined) await database.close();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }

  return { app, sandbox, database, installation, owner, actor: { account: ada, viaAppId: null }, stop };
}
