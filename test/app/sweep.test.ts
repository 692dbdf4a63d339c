import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, expect, test } from "vitest";
import { usualSweepLimits } from "../../src/app/sweep-deliveries.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { WebhookFaultKind } from "../../src/sandbox/faults/faults.ts";
import { buryDelivery } from "../../src/store/deliveries.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startSecondApp } from "../support/start-second-app.ts";
import { startTestApp } from "../support/start-test-app.ts";
import { sweep } from "../support/sweep.ts";

const started = await startTestApp(afterAll);
const { app, forge, acme, ada, grace, quiet, commentsOn } = started;
const { database } = app.deps;
const repository = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));

beforeEach(async () => {
  await quiet();
  // What was delivered so far is seen.
  await sweep(started);
});

function arrange(kind: WebhookFaultKind | null, times: number | null = null): void {
  started.faults.arrange(kind === null ? [] : [{ kind, probability: 1, times, milliseconds: 0 }], "1");
}

/** How many pages a sweep read, and how many deliveries it asked for. */
function inShort(sent: readonly string[]): string {
  const reads = sent.filter((what) => what === "read").length;
  return `${reads} ${sent.length - reads}`;
}

/** A pull request by two, about which there is something to say. */
async function openByTwo(branch: string) {
  await commitTo(forge, repository, { branch, author: ada, message: "Begin" });
  await commitTo(forge, repository, { branch, author: grace, message: "Go on" });
  return openPull(forge, { repository, title: "Tides", body: null, head: branch, base: "main" }, by(ada));
}

test("webhooks that never came in are asked for, and then the comment is there, once", async () => {
  arrange("lost");
  const pull = await openByTwo("lost");
  await quiet();
  expect(commentsOn(pull.issue)).toEqual([]);
  arrange(null);
  expect(await sweep(started)).toContain("ask");
  await quiet();
  expect(commentsOn(pull.issue)).toHaveLength(1);
  expect(await sweep(started)).toEqual(["read"]);
  await quiet();
  expect(commentsOn(pull.issue)).toHaveLength(1);
});

test("what came in is not asked for, though GitHub saw it fail, or twice", async () => {
  arrange("doubled");
  await openByTwo("doubled");
  await quiet();
  for (const delivery of forge.state.deliveries) {
    delivery.outcome = { status: "timed out", statusCode: 0, seconds: 10, headers: {}, body: "" };
  }
  expect(await sweep(started)).toEqual(["read"]);
});

test("what no try was left for is asked for once more", async () => {
  await openIssue(forge, { repository, title: "Dead", body: null }, by(ada));
  await quiet();
  const guid = forge.state.deliveries.at(-1)?.guid ?? "";
  await database.query.updateTable("deliveries").set({ state: "failed" }).where("id", "=", guid).execute();
  expect(await sweep(started)).toEqual(["read"]);
  await buryDelivery(database, guid, { reference: "8K3F-2M", now: forge.clock() });
  expect(await sweep(started)).toEqual(["read", "ask"]);
  await quiet();
  const states = await database.query.selectFrom("deliveries").select("state").where("id", "=", guid).execute();
  expect(states).toEqual([{ state: "done" }]);
});

test("a long log is read in parts, where the last sweep stopped, and each part of what is missing is asked for", async () => {
  const begun = forge.clock();
  arrange("lost");
  for (let count = 0; count < 250; count += 1) {
    await openIssue(forge, { repository, title: `Lost ${count}`, body: null }, by(ada));
  }
  await quiet();
  arrange(null);
  const limits = { pages: 1, asks: 60 };
  const sweeps: string[] = [];
  for (let count = 0; count < 6; count += 1) {
    sweeps.push(inShort(await sweep(started, { limits })));
    await quiet();
  }
  expect(sweeps.slice(0, 4)).toEqual(["1 60", "1 60", "1 60", "1 60"]);
  const events = await database.query
    .selectFrom("deliveries")
    .select("state")
    .where("event", "=", "issues")
    .where("state", "=", "done")
    .where("received_at", ">=", begun)
    .execute();
  expect(events).toHaveLength(250);
});

test("an answer that fails ends a sweep, and the next one goes on", async () => {
  arrange("lost", 2);
  for (const title of ["One", "Two"]) await openIssue(forge, { repository, title, body: null }, by(ada));
  await quiet();
  started.faults.arrange(
    [{ kind: "502", method: "POST", path: "/app/hook", probability: 1, times: 1, milliseconds: 0 }],
    "1",
  );
  await expect(sweep(started)).rejects.toThrow(/Server Error/);
  expect((await sweep(started)).filter((what) => what === "ask")).toHaveLength(2);
  await quiet();
  expect(await sweep(started)).not.toContain("ask");
  expect(await database.query.selectFrom("missing_deliveries").selectAll().execute()).toEqual([]);
});

test("an app that starts asks for what came while there was none, and looks through what changed", async () => {
  arrange("lost");
  const lost = await openByTwo("started");
  await quiet();
  arrange(null);
  const hour = 3_600_000;
  const sweepLimits = { ...usualSweepLimits, pause: 0, underWay: 0 };
  const schedule = { sweep: hour, reconcile: hour, backup: hour, sweepLimits };
  await startSecondApp(started, { database, schedule });
  const { query } = database;
  while (commentsOn(lost.issue).length === 0) await sleep(50);
  await quiet();
  expect(await query.selectFrom("routines").select("name").orderBy("name").execute()).toEqual([
    { name: "add up tallies" },
    { name: "reconcile installations" },
    { name: "reconcile repositories" },
    { name: "sweep deliveries" },
  ]);
  while (
    (await query.selectFrom("repositories").select("name").where("reconciled_to", "is", null).execute()).length > 0
  )
    await sleep(50);
  expect(commentsOn(lost.issue)).toHaveLength(1);
});

test("what is lost again is asked for again, later each time, and not for longer than GitHub has it", async () => {
  arrange("lost");
  await openIssue(forge, { repository, title: "Lost", body: null }, by(ada));
  await quiet();
  let late = 0;
  const clock = (): Date => new Date(forge.clock().getTime() + late);
  const minute = 60_000;
  const asks: number[] = [];
  for (; late < 4 * 24 * 60 * minute; late += 30 * minute) {
    const sent = await sweep(started, { clock });
    await quiet();
    if (sent.includes("ask")) asks.push(late / minute);
  }
  expect(asks.slice(0, 6)).toEqual([0, 30, 60, 90, 120, 150]);
  expect(asks.slice(6, 10).every((ask, index) => ask - (asks[index + 5] ?? 0) >= 30)).toBe(true);
  expect(asks.length).toBeLessThan(25);
  expect(asks.at(-1)).toBeLessThanOrEqual(3 * 24 * 60);
  expect(await database.query.selectFrom("missing_deliveries").selectAll().execute()).toEqual([]);
});
