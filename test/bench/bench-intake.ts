import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createIntake } from "../../src/intake/create-intake.ts";
import { workOnDelivery } from "../../src/intake/work-on-delivery.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { secret, signedRequest } from "../support/deliver.ts";
import { silent, startTestJobs } from "../support/jobs.ts";

const clock = (): Date => new Date();

/**
 * How many deliveries of 20 kB a second are taken in and worked on, by how many at once send them, and how soon work
 * begins. `npm run bench -- intake [postgres://…]`: without an address on PGlite in a folder.
 */
export async function benchIntake(url: string | null): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-intake-"));
  const database = await openDatabase({ url, folder });
  const sentAt = new Map<string, number>();
  const delays: number[] = [];
  let gate = Promise.withResolvers<void>();
  const receive = async ({ id }: { id: string }): Promise<void> => {
    await gate.promise;
    delays.push(performance.now() - (sentAt.get(id) ?? 0));
  };
  const jobs = await startTestJobs(database, {
    handlers: { deliveries: workOnDelivery({ database, receive, clock }) },
  });
  const intake = createIntake({ database, jobs, secrets: [secret], clock, log: silent });
  const text = "x".repeat(20_000);
  let sent = 0;

  async function send(): Promise<void> {
    sent += 1;
    const id = `${process.pid}-${sent}`;
    const request = signedRequest(id, { installation: { id: 1 + (sent % 7) }, text });
    sentAt.set(id, performance.now());
    const { status } = await intake.request("/api/github/webhooks", request);
    if (status !== 202) throw new Error(`answered ${status}`);
  }

  // The door alone, while the workers are held up; then the work alone.
  for (const atOnce of [1, 10, 50, 200]) {
    gate = Promise.withResolvers();
    const total = Math.min(4000, atOnce * 100);
    const start = performance.now();
    let begun = 0;
    const senders = Array.from({ length: atOnce }, async () => {
      while (begun < total) {
        begun += 1;
        await send();
      }
    });
    await Promise.all(senders);
    const accepted = performance.now();
    gate.resolve();
    while ((await jobs.count()).deliveries.waiting > 0) await sleep(100);
    await jobs.idle();
    const worked = performance.now();
    print(`${atOnce} at once`, {
      "accepted per second": (total / (accepted - start)) * 1000,
      "then worked per second": (total / (worked - accepted)) * 1000,
    });
  }
  delays.length = 0;
  for (let index = 0; index < 50; index += 1) {
    await send();
    await sleep(50);
  }
  delays.sort((one, other) => one - other);
  print("one by one", { "ms to work, median": delays[25] ?? 0, "ms to work, 48th of 50": delays[47] ?? 0 });
  const before = process.cpuUsage();
  await sleep(5000);
  const { user, system } = process.cpuUsage(before);
  print("idle", { "percent of a processor": (user + system) / 50_000 });
  await jobs.stop(1000);
  await database.close();
  await rm(folder, { recursive: true });
}

function print(what: string, numbers: Readonly<Record<string, number>>): void {
  const told = Object.entries(numbers).map(([name, value]) => `${name} ${value.toFixed(value < 100 ? 1 : 0)}`);
  process.stdout.write(`${what}: ${told.join(", ")}\n`);
}
