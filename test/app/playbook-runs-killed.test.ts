import { afterAll, beforeAll, expect, test } from "vitest";
import type { Run } from "../../src/domain/playbook/run.ts";
import { PostponeUntil } from "../../src/domain/postpone-until.ts";
import type { RequestFaultKind } from "../../src/sandbox/faults/faults.ts";
import { findRepository } from "../../src/sandbox/model/state.ts";
import { depth } from "../support/depth.ts";
import { expectMade, readMade } from "../support/made-repository.ts";
import { startRuns } from "../support/start-runs.ts";

let runs: Awaited<ReturnType<typeof startRuns>>;
let labels: readonly string[] = [];
let named = 0;

beforeAll(async () => {
  runs = await startRuns(afterAll);
  labels = runs.home.labels.map(({ name, color, description }) => JSON.stringify([name, color, description]));
});

/** A run of a small playbook, in a repository that no other test has. */
async function ask() {
  named += 1;
  const asked = await runs.ask(`tides-${named}`, { answers: "owner=platform lead=grace" });
  return { ...asked, name: `tides-${named}` };
}

async function expectWhole(run: Run, comments: readonly string[]): Promise<void> {
  const { name } = run.plan.repository;
  expect(await readMade(runs.forge, "acme", name)).toEqual(expectMade(run, labels));
  const all = Array.from(runs.forge.state.repositories.values(), (repository) => repository.name);
  expect(all.filter((one) => one === name)).toHaveLength(1);
  expect(comments).toEqual([expect.stringContaining(`acme/${name} is ready`)]);
}

/** How many requests a run takes that nothing befalls. */
async function countAnswers(): Promise<number> {
  const { run } = await ask();
  runs.hook({});
  await runs.run(run);
  return runs.routes().findLastIndex((route) => route.startsWith("PATCH")) + 1;
}

/** All places in a run, or every few of them where nobody asked for all. */
async function places(step: number): Promise<number[]> {
  const count = await countAnswers();
  return Array.from({ length: count }, (_, index) => index + 1).filter(
    (place) => place % depth({ quick: step, deep: 1 }) === 0,
  );
}

test("a run that is killed after any of its requests is continued, and nothing is there twice", {
  timeout: 900_000,
}, async () => {
  for (const place of await places(8)) {
    const { run, issue } = await ask();
    await runs.killedAfter(run, place);
    expect((await runs.untilEnd(run)).state, `killed after ${place}`).toBe("done");
    await expectWhole(run, runs.comment(issue));
  }
});

test.for(["reset-after", "502-after", "502"] as const)(
  "a run of which any answer is lost by %s comes to the same",
  { timeout: 900_000 },
  async (kind) => {
    const step = kind === "reset-after" ? 12 : 20;
    for (const place of await places(step)) {
      const { run, issue } = await ask();
      loseAnswer(kind, place);
      expect((await runs.untilEnd(run)).state, `${kind} at ${place}`).toBe("done");
      runs.faults.arrange([], "");
      await expectWhole(run, runs.comment(issue));
    }
  },
);

function loseAnswer(kind: RequestFaultKind, place: number): void {
  runs.hook({
    before: (at) => {
      if (at === place) runs.faults.arrange([{ kind, probability: 1, times: 1, milliseconds: 0 }], "lost");
    },
  });
}

test("a repository that was made and not heard of is found by what only the run knows", async () => {
  const { run } = await ask();
  runs.hook({
    before: (_, route) => {
      if (route !== "POST /orgs/{org}/repos") return;
      runs.faults.arrange([{ kind: "reset-after", path: "/orgs", probability: 1, times: 1, milliseconds: 0 }], "lost");
    },
  });
  expect((await runs.untilEnd(run)).state).toBe("done");
  expect(runs.routes().filter((route) => route === "POST /orgs/{org}/repos")).toHaveLength(1);
  expect(runs.routes()).toContain("GET /repos/{owner}/{repo}");
});

test("where GitHub asks to wait the run is postponed, and goes on from there", async () => {
  const { run, issue, name } = await ask();
  runs.hook({
    before: (_, route) => {
      if (route !== "POST /repos/{owner}/{repo}/milestones") return;
      runs.faults.arrange([{ kind: "secondary-limit", probability: 1, times: 1, milliseconds: 0 }], "limit");
    },
  });
  await expect(runs.run(run)).rejects.toThrow(PostponeUntil);
  expect(findRepository(runs.forge.state, "acme", name)?.labels.length).toBeGreaterThan(9);
  runs.hook({});
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect((await runs.untilEnd(run)).state).toBe("done");
  await expectWhole(run, runs.comment(issue));
  expect(runs.routes()).not.toContain("POST /repos/{owner}/{repo}/labels");
});
