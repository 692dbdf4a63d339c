import { afterAll, beforeAll, expect, test } from "vitest";
import { tryFaults, tryKilled } from "../support/interrupted-runs.ts";
import { startRuns } from "../support/start-runs.ts";

let runs: Awaited<ReturnType<typeof startRuns>>;

beforeAll(async () => {
  runs = await startRuns(afterAll);
});

test("a run may be killed after each of its requests", async () => {
  expect(await tryKilled(runs, 1)).toBeGreaterThan(30);
});

test.for(["reset-after", "502-after", "500-after", "502", "reset"] as const)(
  "each request of a run may be struck by %s",
  async (kind) => {
    expect(await tryFaults(runs, kind, 1)).toBeGreaterThan(30);
  },
);
