import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import type { Hono } from "hono";
import { expect, test } from "vitest";
import type { Log } from "../../src/domain/log.ts";
import { createIntake, type IntakeOptions } from "../../src/intake/create-intake.ts";
import { workOnDelivery } from "../../src/intake/work-on-delivery.ts";
import { buryDelivery, type Delivery } from "../../src/store/deliveries.ts";
import type { Database } from "../../src/store/open-database.ts";
import { describeDatabases } from "../support/databases.ts";
import { secret, signedRequest } from "../support/deliver.ts";
import { depth } from "../support/depth.ts";
import { silent, startTestJobs, type TestJobs } from "../support/jobs.ts";

const path = "/api/github/webhooks";
const clock = (): Date => new Date();

interface Door {
  readonly database: Database;
  readonly jobs: TestJobs;
  readonly intake: Hono;
  readonly deliver: (id: string, payload?: unknown) => Promise<number>;
}

async function openDoor(
  database: Database,
  receive: (delivery: Delivery) => Promise<void> = async () => {},
  options: Partial<IntakeOptions> = {},
): Promise<Door> {
  const jobs = await startTestJobs(database, {
    handlers: { deliveries: workOnDelivery({ database, receive, clock }) },
    bury: async ({ queue, data, reference }) => {
      if (queue === "deliveries") await buryDelivery(database, data.deliveryId, { reference, now: clock() });
    },
  });
  const intake = createIntake({ database, jobs, secrets: [secret], clock, log: silent, ...options });
  const deliver = async (id: string, payload: unknown = {}): Promise<number> =>
    (await intake.request(path, signedRequest(id, payload))).status;
  return { database, jobs, intake, deliver };
}

await describeDatabases("the intake", ({ open }) => {
  test("a signed delivery is answered with 202 and its id, worked on once, and forgotten", async () => {
    const seen: Delivery[] = [];
    const { database, jobs, intake } = await openDoor(await open(), async (delivery) => void seen.push(delivery));
    const request = signedRequest("A-1", { action: "opened", installation: { id: 5 }, title: "caf\u00e9\u0000" });
    const response = await intake.request(path, request);
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ id: "a-1", receipt: "inserted" });
    await jobs.idle();
    expect(seen).toEqual([{ id: "a-1", event: "push", action: "opened", installationId: 5, payload: request.body }]);
    expect(await database.query.selectFrom("deliveries").select(["id", "state", "payload"]).execute()).toEqual([
      { id: "a-1", state: "done", payload: null },
    ]);
    expect((await intake.request(path, request)).status).toBe(200);
    await jobs.idle();
    await jobs.stop(1000);
    expect(seen).toHaveLength(1);
  });

  test("what failed for the last time is tried again when it is delivered again", async () => {
    let failures = 3;
    let runs = 0;
    const { database, jobs, deliver } = await openDoor(await open(), async () => {
      runs += 1;
      failures -= 1;
      if (failures >= 0) throw new Error("broken");
    });
    expect(await deliver("a")).toBe(202);
    await jobs.idle();
    const [dead] = await database.query.selectFrom("deliveries").selectAll().execute();
    expect(dead).toMatchObject({ state: "dead", tries: 3, error: "Error", payload: "{}" });
    expect(dead?.reference).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{2}$/);
    expect(await deliver("a")).toBe(202);
    await jobs.idle();
    await jobs.stop(1000);
    expect(runs).toBe(4);
  });

  test("two secrets are valid at once, and no third", async () => {
    const { jobs, intake } = await openDoor(await open(), async () => {}, { secrets: ["old", "new"] });
    const statusOf = async (id: string, key: string): Promise<number> =>
      (await intake.request(path, signedRequest(id, {}, { key }))).status;
    expect(await statusOf("a", "old")).toBe(202);
    expect(await statusOf("b", "new")).toBe(202);
    expect(await statusOf("c", "other")).toBe(401);
    await jobs.idle();
    await jobs.stop(1000);
  });

  test("what is refused says why in one line, and leaves nothing", async () => {
    const { database, jobs, intake } = await openDoor(await open(), async () => {}, {
      limits: { size: 1000, time: 50 },
    });
    const good = signedRequest("a", {});
    const large = signedRequest("a", { text: "x".repeat(1000) });
    function without(header: string): RequestInit {
      return { ...good, headers: Object.fromEntries(Object.entries(good.headers).filter(([name]) => name !== header)) };
    }
    function withHeader(name: string, value: string): RequestInit {
      return { ...good, headers: { ...good.headers, [name]: value } };
    }
    function stream(part: string, { ends }: { ends: boolean }): RequestInit & { duplex: "half" } {
      const body = new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode(part));
          if (ends) controller.close();
        },
      });
      return { ...good, body, duplex: "half" };
    }
    const cases: readonly (readonly [string, number, RequestInit, RegExp])[] = [
      ["no delivery id", 400, without("x-github-delivery"), /X-GitHub-Delivery is missing/],
      ["no event", 400, without("x-github-event"), /X-GitHub-Event is missing/],
      ["a strange id", 400, withHeader("x-github-delivery", "a b"), /X-GitHub-Delivery is not of the form/],
      ["no signature", 401, without("x-hub-signature-256"), /X-Hub-Signature-256 is missing/],
      ["half a signature", 401, withHeader("x-hub-signature-256", "sha256=00"), /signature is not one/],
      ["another body", 401, { ...good, body: "[]" }, /signature is not one/],
      ["a form", 415, withHeader("content-type", "application/x-www-form-urlencoded"), /application\/json/],
      ["no JSON", 400, signedRequest("a", null, { body: "{" }), /not the JSON of an event/],
      ["a list", 400, signedRequest("a", [1]), /not the JSON of an event/],
      ["an installation that is none", 400, signedRequest("a", { installation: { id: "x" } }), /not the JSON/],
      [
        "a length too large",
        413,
        { ...good, headers: { ...good.headers, "content-length": "1001" } },
        /larger than 1000/,
      ],
      ["a body too large", 413, large, /larger than 1000/],
      ["a stream too large", 413, stream("x".repeat(1001), { ends: false }), /larger than 1000/],
      ["a stream too slow", 408, stream("{", { ends: false }), /did not arrive in time/],
    ];
    for (const [name, status, request, line] of cases) {
      const response = await intake.request(path, request);
      const text = await response.text();
      expect({ name, status: response.status }).toEqual({ name, status });
      expect(text).toMatch(line);
      expect(text.split("\n")).toHaveLength(1);
    }
    expect((await intake.request(path, stream("{}", { ends: true }))).status).toBe(202);
    await jobs.idle();
    expect(await database.query.selectFrom("deliveries").select("id").execute()).toEqual([{ id: "a" }]);
    await jobs.stop(1000);
  });

  test("nothing of a payload is logged", async () => {
    const lines: unknown[] = [];
    const note = (...line: unknown[]): void => void lines.push(line);
    const log: Log = { info: note, warn: note, error: note };
    const { jobs, intake, deliver } = await openDoor(await open(), async () => {}, { log });
    await deliver("a", { action: "opened", title: "private words" });
    await intake.request(path, signedRequest("b", { title: "private words" }, { key: "other" }));
    await intake.request(path, signedRequest("c", null, { body: "{private words" }));
    await jobs.idle();
    await jobs.stop(1000);
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toContain("private");
  });

  test("where a delivery cannot be written down with its job, neither is, and it can come again", async () => {
    const { database, jobs, intake, deliver } = await openDoor(await open());
    const broken = createIntake({
      database,
      jobs: { ...jobs, enqueueNew: async () => Promise.reject(new Error("no queue")) },
      secrets: [secret],
      clock,
      log: silent,
    });
    expect((await broken.request(path, signedRequest("a", {}))).status).toBe(503);
    expect(await database.query.selectFrom("deliveries").select("id").execute()).toEqual([]);
    expect((await intake.request(path, signedRequest("a", {}))).status).toBe(202);
    expect(await deliver("a")).toBe(200);
    await jobs.idle();
    await jobs.stop(1000);
  });

  test("whatever comes in whichever order, however often it fails, is worked on to its end once", async () => {
    const left = new Map<string, number>();
    const done = new Map<string, number>();
    const running = new Set<string>();
    let overlaps = 0;
    const { jobs, deliver } = await openDoor(await open(), async ({ id }) => {
      if (running.has(id)) overlaps += 1;
      running.add(id);
      await sleep(1);
      running.delete(id);
      const failures = left.get(id) ?? 0;
      left.set(id, failures - 1);
      if (failures > 0) throw new Error("broken");
      done.set(id, (done.get(id) ?? 0) + 1);
    });
    let round = 0;
    const step = fc.record({ which: fc.nat({ max: 4 }), pause: fc.constantFrom(null, 0, 3) });
    const failures = fc.array(fc.nat({ max: 7 }), { minLength: 5, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), failures, async (steps, planned) => {
        round += 1;
        const nameOf = (which: number): string => `${round}-${which}`;
        for (const [which, count] of planned.entries()) left.set(nameOf(which), count);
        const answers: Promise<number>[] = [];
        for (const { which, pause } of steps) {
          answers.push(deliver(nameOf(which)));
          if (pause !== null) await sleep(pause);
        }
        for (const status of await Promise.all(answers)) expect([200, 202]).toContain(status);
        const names = new Set(steps.map(({ which }) => nameOf(which)));
        // Seven failures are three lives of three tries at most; each time somebody delivers again.
        for (let life = 0; life < 3; life += 1) {
          await jobs.idle();
          await Promise.all(Array.from(names, (name) => deliver(name)));
        }
        await jobs.idle();
        expect(Array.from(names, (name) => done.get(name))).toEqual(Array.from(names, () => 1));
      }),
      { numRuns: depth({ quick: 5, deep: 200 }) },
    );
    await jobs.stop(1000);
    expect(overlaps).toBe(0);
  });
});
