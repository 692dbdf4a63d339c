import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { importClone } from "../../src/sandbox/import/import-clone.ts";
import { readBackfill } from "../../src/store/backfills.ts";
import { settleTallies } from "../../src/store/settle-tallies.ts";
import { describeMachine } from "./describe-machine.ts";
import { openFreshDatabase } from "./open-fresh-database.ts";
import { startBenchApp } from "./start-bench-app.ts";

/** It ends by then, however far it has come. */
const longest = 10 * 60_000;

/**
 * How long the history of a clone takes to be in the ledger and added up, from the sandbox, in this very process: GitHub's
 * part of the time is in it.
 */
export async function benchBackfill(clone: string, url: string | null): Promise<void> {
  process.stdout.write(describeMachine());
  const folder = await mkdtemp(join(tmpdir(), "bench-backfill-"));
  const { database, close } = await openFreshDatabase(url, folder);
  const { app, sandbox, installation, owner, stop } = await startBenchApp(0, { database, pause: 0 });
  try {
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
    await stop();
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}
