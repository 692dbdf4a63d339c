import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { PostponeUntil } from "../../src/domain/postpone-until.ts";
import { describeDatabases } from "../support/databases.ts";
import { nameOf, numberOf, pullRequest, startTestJobs } from "../support/jobs.ts";

const key = (number: number): { key: string; installationId: number } => ({ key: `10#${number}`, installationId: 1 });

await describeDatabases("queues", ({ open, openAgain }) => {
  test("a job runs once, soon after it was enqueued, and leaves nothing behind", async () => {
    const seen: number[] = [];
    const jobs = await startTestJobs(await open(), {
      handlers: { tasks: async ({ data }) => void seen.push(numberOf(data)) },
    });
    await jobs.enqueue("tasks", pullRequest(7), key(7));
    await jobs.idle();
    await jobs.stop(1000);
    expect(seen).toEqual([7]);
  });

  test("a burst becomes one run, and what comes during a run one more", async () => {
    const gate = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const seen: string[] = [];
    const jobs = await startTestJobs(await open(), {
      handlers: {
        tasks: async ({ data }) => {
          seen.push(nameOf(data));
          started.resolve();
          await gate.promise;
        },
      },
    });
    await jobs.enqueue("tasks", { ...pullRequest(7), name: "first" }, key(7));
    await started.promise;
    for (const name of ["second", "third", "fourth"]) {
      await jobs.enqueue("tasks", { ...pullRequest(7), name }, key(7));
    }
    expect((await jobs.count()).tasks).toEqual({ waiting: 1, running: 1, dead: 0 });
    gate.resolve();
    await jobs.idle();
    await jobs.stop(1000);
    expect(seen).toEqual(["first", "fourth"]);
  });

  test("of one key one job runs at a time; of several keys several do", async () => {
    const running = new Map<number, number>();
    let most = 0;
    let mostOfOne = 0;
    const jobs = await startTestJobs(await open(), {
      handlers: {
        tasks: async ({ data }) => {
          const number = numberOf(data);
          running.set(number, (running.get(number) ?? 0) + 1);
          mostOfOne = Math.max(mostOfOne, running.get(number) ?? 0);
          most = Math.max(
            most,
            Array.from(running.values()).reduce((sum, each) => sum + each, 0),
          );
          await sleep(5);
          running.set(number, (running.get(number) ?? 0) - 1);
        },
      },
    });
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([1, 2, 3].map((number) => jobs.enqueue("tasks", pullRequest(number), key(number))));
    }
    await jobs.idle();
    await jobs.stop(1000);
    expect(mostOfOne).toBe(1);
    expect(most).toBeGreaterThan(1);
  });

  test("an installation with a thousand jobs leaves room for another's one", async () => {
    const gate = Promise.withResolvers<void>();
    const other = Promise.withResolvers<void>();
    const seen: number[] = [];
    const database = await open();
    const jobs = await startTestJobs(database, {
      concurrency: { jobs: 8, perInstallation: 3 },
      handlers: {
        tasks: async ({ data }) => {
          seen.push(data.installationId);
          if (data.installationId === 2) other.resolve();
          else await gate.promise;
        },
      },
    });
    const many = Array.from({ length: 1000 }, (_, number) => ({ data: pullRequest(number), ...key(number) }));
    await database.query.transaction().execute((within) => jobs.enqueueNew("tasks", many, within));
    await jobs.enqueue("tasks", pullRequest(1, 2), { key: "other", installationId: 2 });
    await other.promise;
    expect(seen.filter((each) => each === 1)).toHaveLength(3);
    gate.resolve();
    await jobs.stop(5000);
  });

  test("a postponed job runs again at its moment with all of its tries", async () => {
    const tries: number[] = [];
    const jobs = await startTestJobs(await open(), {
      handlers: {
        tasks: async (job) => {
          tries.push(job.tries);
          if (tries.length < 5) throw new PostponeUntil(new Date(Date.now() + 20), "a limit of GitHub's");
        },
      },
    });
    await jobs.enqueue("tasks", pullRequest(7), key(7));
    await jobs.idle();
    await jobs.stop(1000);
    expect(tries).toEqual([0, 0, 0, 0, 0]);
    expect(jobs.buried).toEqual([]);
  });

  // In less than the minute after which workers ask of themselves.
  const isSooner = { timeout: 45_000 };
  test("a job that is postponed again and again is found each time, though nobody tells of it", isSooner, async () => {
    let tries = 0;
    const jobs = await startTestJobs(await open(), {
      handlers: {
        tasks: async () => {
          tries += 1;
          // Longer than whoever ends a job takes to ask for another one.
          if (tries < 3) throw new PostponeUntil(new Date(Date.now() + 300), "a limit of GitHub's");
        },
      },
    });
    await jobs.enqueue("tasks", pullRequest(7), key(7));
    await jobs.idle();
    await jobs.stop(1000);
    expect(tries).toBe(3);
  });

  test("what comes while a job is postponed waits with it", async () => {
    const seen: string[] = [];
    const jobs = await startTestJobs(await open(), {
      handlers: {
        tasks: async ({ data }) => {
          seen.push(nameOf(data));
          if (seen.length === 1) {
            await jobs.enqueue("tasks", { ...pullRequest(7), name: "during" }, key(7));
            throw new PostponeUntil(new Date(Date.now() + 60 * 60 * 1000), "a limit of GitHub's");
          }
        },
      },
    });
    await jobs.enqueue("tasks", { ...pullRequest(7), name: "first" }, key(7));
    while ((await jobs.count()).tasks.running > 0 || seen.length === 0) await sleep(10);
    await jobs.enqueue("tasks", { ...pullRequest(7), name: "after" }, key(7));
    await sleep(50);
    expect(seen).toEqual(["first"]);
    expect((await jobs.count()).tasks).toEqual({ waiting: 1, running: 0, dead: 0 });
    await jobs.stop(1000);
  });

  test("a job that always fails is tried as often as allowed, then buried under a reference, and its key is free", async () => {
    const references = new Set<string>();
    let isBroken = true;
    let runs = 0;
    const jobs = await startTestJobs(await open(), {
      handlers: {
        tasks: async ({ isLastTry, reference }) => {
          runs += 1;
          if (isLastTry) references.add(reference);
          if (isBroken) throw new Error("broken");
        },
      },
    });
    await jobs.enqueue("tasks", pullRequest(7), key(7));
    await jobs.idle();
    expect(runs).toBe(3);
    expect(jobs.buried).toEqual([{ queue: "tasks", data: pullRequest(7), reference: Array.from(references)[0] }]);
    isBroken = false;
    await jobs.enqueue("tasks", pullRequest(7), key(7));
    await jobs.idle();
    await jobs.stop(1000);
    expect(runs).toBe(4);
  });

  test("a transaction that is rolled back takes its job along", async () => {
    const seen: number[] = [];
    const database = await open();
    const jobs = await startTestJobs(database, {
      handlers: { tasks: async ({ data }) => void seen.push(numberOf(data)) },
    });
    const rolledBack = database.query.transaction().execute(async (transaction) => {
      await jobs.enqueue("tasks", pullRequest(1), { ...key(1), transaction });
      throw new Error("no");
    });
    await expect(rolledBack).rejects.toThrow("no");
    await database.query.transaction().execute(async (transaction) => {
      await jobs.enqueue("tasks", pullRequest(2), { ...key(2), transaction });
    });
    await jobs.idle();
    await jobs.stop(1000);
    expect(seen).toEqual([2]);
  });

  test("stopping lets a short job finish and hands a long one back with all of its tries", async () => {
    const database = await open();
    const gate = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const ended: string[] = [];
    let signal: AbortSignal | null = null;
    const first = await startTestJobs(database, {
      handlers: {
        deliveries: async () => {
          await sleep(50);
          ended.push("short");
        },
        tasks: async (job) => {
          signal = job.signal;
          started.resolve();
          await gate.promise;
        },
      },
    });
    await first.enqueue("deliveries", { deliveryId: "a" }, { key: "a", installationId: null });
    await first.enqueue("tasks", pullRequest(7), key(7));
    await started.promise;
    await first.stop(200);
    expect(ended).toEqual(["short"]);
    expect(signal).toMatchObject({ aborted: true });
    gate.resolve();
    const tries: number[] = [];
    const second = await startTestJobs(openAgain === null ? database : await openAgain(), {
      handlers: { tasks: async (job) => void tries.push(job.tries) },
    });
    await second.idle();
    await second.stop(1000);
    expect(tries).toEqual([0]);
  });

  test.skipIf(openAgain === null)("two processes share the work, and never a key", async () => {
    const one = await open();
    const other = (await openAgain?.()) ?? one;
    const running = new Set<number>();
    const doubled: number[] = [];
    const runs = [0, 0];
    const started = await Promise.all(
      [one, other].map((database, index) =>
        startTestJobs(database, {
          handlers: {
            tasks: async ({ data }) => {
              const number = numberOf(data);
              if (running.has(number)) doubled.push(number);
              running.add(number);
              runs[index] = (runs[index] ?? 0) + 1;
              await sleep(5);
              running.delete(number);
            },
          },
        }),
      ),
    );
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(
        Array.from({ length: 10 }, async (_, number) =>
          started[round % 2]?.enqueue("tasks", pullRequest(number), key(number)),
        ),
      );
    }
    for (const jobs of started) await jobs.idle();
    for (const jobs of started) await jobs.stop(1000);
    expect(doubled).toEqual([]);
    expect(Math.min(...runs)).toBeGreaterThan(0);
  });
});
