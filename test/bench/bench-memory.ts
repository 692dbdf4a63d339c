import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createIntake } from "../../src/intake/create-intake.ts";
import { workOnDelivery } from "../../src/intake/work-on-delivery.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { secret, signedRequest } from "../support/deliver.ts";
import { silent, startTestJobs } from "../support/jobs.ts";
import { describeMachine } from "./describe-machine.ts";

const each = 20_000;
const rounds = 10;
const atOnce = 50;
/** It ends by then, however far it has come. */
const longest = 20 * 60_000;
const clock = (): Date => new Date();

/** How much memory the process holds while 200,000 deliveries of 2 kB are taken in and worked on, on PGlite in a folder. */
export async function benchMemory(): Promise<void> {
  process.stdout.write(describeMachine());
  const folder = await mkdtemp(join(tmpdir(), "bench-memory-"));
  const database = await openDatabase({ url: null, folder });
  const jobs = await startTestJobs(database, {
    handlers: { deliveries: workOnDelivery({ database, receive: async () => {}, clock }) },
  });
  const intake = createIntake({ database, jobs, secrets: [secret], clock, log: silent });
  const text = "x".repeat(2000);
  const begun = performance.now();
  let sent = 0;
  const held: number[] = [];

  async function send(): Promise<void> {
    sent += 1;
    const request = signedRequest(`memory-${sent}`, { installation: { id: 1 + (sent % 7) }, text });
    const { status } = await intake.request("/api/github/webhooks", request);
    if (status !== 202) throw new Error(`answered ${status}`);
  }

  for (let round = 1; round <= rounds && performance.now() - begun < longest; round += 1) {
    const upTo = round * each;
    const senders = Array.from({ length: atOnce }, async () => {
      while (sent < upTo && performance.now() - begun < longest) await send();
    });
    await Promise.all(senders);
    while ((await jobs.count()).deliveries.waiting > 0) await sleep(100);
    await jobs.idle();
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    held.push(heapUsed / 2 ** 20);
    process.stdout.write(
      `${sent}: ${(rss / 2 ** 20).toFixed(0)} MiB held, ${(heapUsed / 2 ** 20).toFixed(0)} MiB of heap\n`,
    );
  }
  // The first round warms up.
  process.stdout.write(`the heap grows by ${slope(held.slice(1)).toFixed(2)} MiB with each ${each} deliveries\n`);
  await jobs.stop(1000);
  await database.close();
  await rm(folder, { recursive: true });
}

/** By how much values rise from one to the next, by least squares. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const spread = values.reduce((sum, _, place) => sum + (place - middle) ** 2, 0);
  return spread === 0 ? 0 : values.reduce((sum, value, place) => sum + (place - middle) * value, 0) / spread;
}
