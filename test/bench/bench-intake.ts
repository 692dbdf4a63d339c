import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { createIntake } from "../../src/intake/create-intake.ts";
import { workOnDelivery } from "../../src/intake/work-on-delivery.ts";
import { secret, signedRequest } from "../support/deliver.ts";
import { silent, startTestJobs } from "../support/jobs.ts";
import { describeMachine } from "./describe-machine.ts";
import { measureBareProbot } from "./measure-bare-probot.ts";
import { openFreshDatabase } from "./open-fresh-database.ts";
import { percentile } from "./percentile.ts";

const steadyRate = 100;
const steadySeconds = 10;
const clock = (): Date => new Date();

/**
 * How many deliveries of 20 kB a second are taken in and worked on, by how many at once send them, and how soon work
 * begins; beside a bare Probot with an empty handler, which keeps nothing. `npm run bench -- intake [postgres://…]`: without an address on PGlite in a folder.
 */
export async function benchIntake(url: string | null): Promise<void> {
  process.stdout.write(describeMachine());
  const text = "x".repeat(20_000);
  const bare = await measureBareProbot(50, text);
  print("a bare Probot that keeps nothing, 50 at once", { "answered per second": bare });
  const folder = await mkdtemp(join(tmpdir(), "bench-intake-"));
  const { database, close } = await openFreshDatabase(url, folder);
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
  let sent = 0;
  const server = serve({ fetch: intake.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks`;

  async function send(): Promise<void> {
    sent += 1;
    const id = `${process.pid}-${sent}`;
    const request = signedRequest(id, { installation: { id: 1 + (sent % 7) }, text });
    sentAt.set(id, performance.now());
    const response = await fetch(address, request);
    await response.arrayBuffer();
    const { status } = response;
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
    const rate = (total / (accepted - start)) * 1000;
    print(`${atOnce} at once`, {
      "accepted per second": rate,
      "times a bare Probot's": rate / bare,
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
  const answers = await measureAnswers(send);
  print(`${steadyRate} a second`, {
    "ms to 202, median": percentile(answers, 50),
    "99th percentile": percentile(answers, 99),
  });
  while ((await jobs.count()).deliveries.waiting > 0) await sleep(100);
  const before = process.cpuUsage();
  await sleep(5000);
  const { user, system } = process.cpuUsage(before);
  print("idle", { "percent of a processor": (user + system) / 50_000 });
  server.close();
  await jobs.stop(1000);
  await close();
  await rm(folder, { recursive: true });
}

/** How long each of a steady stream of deliveries takes to be answered, however long the others take; in milliseconds. */
async function measureAnswers(send: () => Promise<void>): Promise<readonly number[]> {
  const answers: Promise<number>[] = [];
  const begun = performance.now();
  for (let index = 0; index < steadyRate * steadySeconds; index += 1) {
    const due = begun + (index * 1000) / steadyRate;
    while (performance.now() < due) await sleep(1);
    answers.push(send().then(() => performance.now() - due));
  }
  return Promise.all(answers);
}

function print(what: string, numbers: Readonly<Record<string, number>>): void {
  const told = Object.entries(numbers).map(([name, value]) => `${name} ${value.toFixed(value < 100 ? 1 : 0)}`);
  process.stdout.write(`${what}: ${told.join(", ")}\n`);
}
