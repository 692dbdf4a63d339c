import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { playInSandbox } from "../../src/main/play-in-sandbox.ts";
import { startApp } from "../../src/main/start-app.ts";
import { importClone } from "../../src/sandbox/import/import-clone.ts";
import { findAccount } from "../../src/sandbox/model/state.ts";
import { readBackfill } from "../../src/store/backfills.ts";
import { settleTallies } from "../../src/store/settle-tallies.ts";
import { describeMachine } from "./describe-machine.ts";
import { openFreshDatabase } from "./open-fresh-database.ts";

/** It ends by then, however far it has come. */
const longest = 10 * 60_000;

/**
 * How long the history of a clone takes to be in the ledger and added up, from the sandbox, in this very process: GitHub's
 * part of the time is in it.
 */
export async function benchBackfill(clone: string, url: string | null): Promise<void> {
  process.stdout.write(describeMachine());
  const folder = await mkdtemp(join(tmpdir(), "bench-backfill-"));
  const { sandbox, credentials } = await playInSandbox({ port: 0, folder: null, webhookUrl: "http://127.0.0.1:1/" });
  const { database, close } = await openFreshDatabase(url, folder);
  const app = await startApp({
    credentials,
    database,
    ledgerKey: new Uint8Array(32),
    tokens: { control: null, metrics: null, operations: null },
    clonesFolder: join(folder, "clones"),
    clock: () => new Date(),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    pause: 0,
  });
  try {
    const owner = findAccount(sandbox.forge.state, "tidewater");
    const [installation] = sandbox.forge.state.installations.values();
    if (owner === null || installation === undefined) throw new Error("the story's people are gone");
    const { repository, commits, pullRequests } = await importClone(sandbox.forge, { clone, owner, name: "history" });
    process.stdout.write(`${clone}: ${commits} commits, ${pullRequests} of them brought pull requests\n`);
    const key = { installationId: installation.id, repositoryId: repository.id };
    const begun = performance.now();
    await app.deps.enqueue({ kind: "installation", installationId: installation.id, account: null });
    let backfill = await readBackfill(database, key);
    while (backfill?.state !== "done" && backfill?.state !== "failed" && performance.now() - begun < longest) {
      await sleep(200);
      backfill = await readBackfill(database, key);
    }
    const read = performance.now();
    await settleTallies(database, installation.id);
    const seconds = [read - begun, performance.now() - read].map((time) => (time / 1000).toFixed(1));
    const done = `${backfill?.pullsDone} pull requests and ${backfill?.commitsDone} commits`;
    process.stdout.write(
      `${backfill?.state} after ${seconds[0]} s with ${done}; ${seconds[1]} s to add up the rest\n${describeMachine()}`,
    );
  } finally {
    await app.stop();
    await close();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}
