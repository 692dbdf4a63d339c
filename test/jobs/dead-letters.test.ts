import { expect, test } from "vitest";
import { createTrace } from "../../src/jobs/create-trace.ts";
import { readDeadLetters, takeDeadLetter } from "../../src/jobs/dead-letters.ts";
import { buryDelivery, finishDelivery, receiveDeliveries, reviveDelivery } from "../../src/store/deliveries.ts";
import type { Database } from "../../src/store/open-database.ts";
import { readRecentDeliveries } from "../../src/store/recent-deliveries.ts";
import { describeDatabases } from "../support/databases.ts";
import { pullRequest, startTestJobs } from "../support/jobs.ts";

class Broken extends Error {
  override readonly name = "Broken";
}

const backfill = { installationId: 1, repositoryId: 10, owner: "harbour", name: "tides" };

async function inTransaction<Result>(
  { query }: Database,
  work: (transaction: Parameters<typeof takeDeadLetter>[0]) => Promise<Result>,
): Promise<Result> {
  return query.transaction().execute(work);
}

async function fail(): Promise<void> {
  throw new Broken("what somebody wrote");
}

function at(minute: number): Date {
  return new Date(Date.UTC(2026, 2, 1, 12, minute));
}

await describeDatabases("dead letters", ({ open }) => {
  test("what died says what it was, how often it was tried and which delivery led to it, and is taken out once", async () => {
    const database = await open();
    const trace = createTrace();
    const jobs = await startTestJobs(database, { trace, handlers: { tasks: fail, backfills: fail } });
    await trace.run({ delivery: "d-1" }, () => jobs.enqueue("tasks", pullRequest(5), { key: "5", installationId: 1 }));
    await jobs.idle();
    await jobs.enqueue("backfills", backfill, { key: "1/10", installationId: 1 });
    await jobs.idle();
    await expect.poll(async () => (await readDeadLetters(database)).length).toBe(2);
    const [newest, oldest] = await readDeadLetters(database);
    expect(newest).toMatchObject({ queue: "backfills", subject: "history of harbour/tides", delivery: null });
    const task = {
      queue: "tasks",
      subject: "pull request harbour/tides#5",
      delivery: "d-1",
      tries: 3,
      error: "Broken",
    };
    expect(oldest).toMatchObject(task);
    expect(oldest?.reference).toBe(jobs.buried[0]?.reference);
    expect(await readDeadLetters(database, "deliveries")).toEqual([]);
    expect(await readDeadLetters(database, "tasks")).toEqual([oldest]);
    const states = await jobs.readQueues();
    expect(states.map(({ queue, dead }) => [queue, dead])).toEqual([
      ["deliveries", 0],
      ["tasks", 1],
      ["backfills", 1],
      ["runs", 0],
    ]);
    const id = oldest?.id ?? "";
    const taken = await inTransaction(database, (transaction) => takeDeadLetter(transaction, id));
    expect(taken).toMatchObject({ delivery: "d-1", job: { queue: "tasks", data: pullRequest(5) } });
    expect(await inTransaction(database, (transaction) => takeDeadLetter(transaction, id))).toBeNull();
    await jobs.stop(1000);
  });

  test("queues tell how long what could run has waited, and nothing of what waits for its moment", async () => {
    const database = await open();
    const jobs = await startTestJobs(database, { works: false });
    await jobs.enqueue("tasks", pullRequest(1), { key: "1", installationId: 1 });
    const [, tasks] = await jobs.readQueues();
    expect(tasks).toMatchObject({ queue: "tasks", waiting: 1, running: 0, dead: 0 });
    expect(tasks?.oldest).toBeGreaterThanOrEqual(0);
    expect(await jobs.isReady()).toBe(true);
    await jobs.stop(1000);
    expect(await jobs.isReady()).toBe(false);
  });

  test("the newest deliveries are told by state, without what they said, and a dead one is revived once", async () => {
    const database = await open();
    for (const [minute, id] of ["a", "b", "c"].entries()) {
      const delivery = { id, event: "push", action: null, installationId: 7, payload: "{}" };
      await inTransaction(database, (transaction) => receiveDeliveries(transaction, [delivery], at(minute)));
    }
    await finishDelivery(database, "a", at(9));
    await buryDelivery(database, "b", { reference: "8K3F-2M", now: at(9) });
    const read = async (state: "dead" | "done" | null, limit = 10): Promise<string[]> =>
      (await readRecentDeliveries(database, { state, limit })).map(({ id }) => id);
    expect(await read(null)).toEqual(["c", "b", "a"]);
    expect(await read(null, 1)).toEqual(["c"]);
    expect([await read("dead"), await read("done")]).toEqual([["b"], ["a"]]);
    const [dead] = await readRecentDeliveries(database, { state: "dead", limit: 1 });
    expect(dead).toEqual({
      id: "b",
      event: "push",
      action: null,
      installationId: 7,
      state: "dead",
      tries: 0,
      reference: "8K3F-2M",
      error: null,
      receivedAt: at(1),
    });
    const revive = (id: string) => inTransaction(database, (transaction) => reviveDelivery(transaction, id));
    expect(await revive("b")).toEqual({ installationId: 7 });
    expect([await revive("b"), await revive("a"), await revive("z")]).toEqual([null, null, null]);
    expect(await read("dead")).toEqual([]);
  });
});
