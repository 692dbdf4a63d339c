import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { tellFailedRun } from "../../src/app/playbook/tell-failed-run.ts";
import { PostponeUntil } from "../../src/domain/postpone-until.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { findRepository } from "../../src/sandbox/model/state.ts";
import { by } from "../support/graphql-sandbox.ts";
import { askForTides, expectWhole, tryFaults, tryKilled } from "../support/interrupted-runs.ts";
import { startRuns } from "../support/start-runs.ts";

let runs: Awaited<ReturnType<typeof startRuns>>;

beforeAll(async () => {
  runs = await startRuns(afterAll);
});

test("a run that is killed after one of its requests is continued, and nothing is there twice", async () => {
  expect(await tryKilled(runs, 9)).toBeGreaterThan(3);
});

test.for([
  ["reset-after", 13],
  ["502-after", 23],
  ["502", 23],
] as const)("a run that is struck by %s in between comes to the same", async ([kind, step]) => {
  expect(await tryFaults(runs, kind, step)).toBeGreaterThan(0);
});

test("a repository that was made and not heard of is found by what only the run knows", async () => {
  const { run } = await askForTides(runs);
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
  const { run, issue, name } = await askForTides(runs);
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
  await expectWhole(runs, run, runs.comment(issue));
  expect(runs.routes()).not.toContain("POST /repos/{owner}/{repo}/labels");
});

test("a run that fails for good while GitHub does not answer is told of as soon as it does", async () => {
  const { run, issue, name } = await askForTides(runs);
  const down = { kind: "502", probability: 1, times: null, milliseconds: 0 } as const;
  runs.hook({
    before: (_, route) => {
      if (route === "POST /repos/{owner}/{repo}/milestones") runs.faults.arrange([down], "down");
    },
  });
  await expect(runs.lastTry(run)).rejects.toThrow("Server Error");
  runs.faults.arrange([], "");
  runs.hook({});
  expect(runs.comment(issue)).toEqual([expect.stringContaining(`acme/${name} is being made`)]);
  await tellFailedRun(runs.app.deps, { installationId: run.installationId, runId: run.id });
  const failed = `**acme/${name} is not ready.** Something went wrong on our side (ref 8K3F-2M).`;
  expect(runs.comment(issue)).toEqual([expect.stringContaining(failed)]);
});

test("why a run stopped is told by another try where the first one could not", async () => {
  const { run, issue, name } = await askForTides(runs);
  await createRepository(runs.forge, { owner: runs.acme, name }, by(runs.ada));
  runs.faults.arrange([{ kind: "502", method: "PATCH", probability: 1, times: 1, milliseconds: 0 }], "lost");
  await expect(runs.run(run)).rejects.toThrow("Server Error");
  expect((await runs.run(run)).state).toBe("failed");
  expect(runs.comment(issue)).toEqual([expect.stringContaining("has a repository of that name already")]);
});

test("where as much was created as GitHub lets anybody, the run waits until there is room", async () => {
  let now = Date.now();
  const contentLimits = [{ most: 5, within: 60_000 }];
  const limited = await startRuns(onTestFinished, { clock: () => new Date(now), contentLimits });
  const { run, issue } = await askForTides(limited);
  let waits = 0;
  const end = async (): Promise<string> => {
    try {
      return (await limited.run(run)).state;
    } catch (error) {
      if (!(error instanceof PostponeUntil)) throw error;
      waits += 1;
      now = error.moment.getTime();
      return end();
    }
  };
  expect(await end()).toBe("done");
  // A comment, a repository, five labels, four milestones and three issues, five at once.
  expect(waits).toBe(2);
  await expectWhole(limited, run, limited.comment(issue));
});
