import { expect } from "vitest";
import type { Run } from "../../src/domain/playbook/run.ts";
import type { RequestFaultKind } from "../../src/sandbox/faults/faults.ts";
import { expectMade, readMade } from "./made-repository.ts";
import type { startRuns } from "./start-runs.ts";

type Runs = Awaited<ReturnType<typeof startRuns>>;

let named = 0;

/** A run of a small playbook, in a repository that no other test has. */
export async function askForTides(runs: Runs) {
  named += 1;
  const name = `tides-${named}`;
  return { ...(await runs.ask(name)), name };
}

/** All that was planned is there once, and one comment says so. */
export async function expectWhole(runs: Runs, run: Run, comments: readonly string[]): Promise<void> {
  const { name } = run.plan.repository;
  const labels = runs.home.labels.map((label) => JSON.stringify([label.name, label.color, label.description]));
  expect(await readMade(runs.forge, "acme", name)).toEqual(expectMade(run, labels));
  const all = Array.from(runs.forge.state.repositories.values(), (repository) => repository.name);
  expect(all.filter((one) => one === name)).toHaveLength(1);
  expect(comments).toEqual([expect.stringContaining(`acme/${name} is ready`)]);
}

/** Every so many of the places in a run, those of its requests that nothing befalls. */
async function placesIn(runs: Runs, step: number): Promise<number[]> {
  const { run } = await askForTides(runs);
  runs.hook({});
  await runs.run(run);
  const count = runs.routes().findLastIndex((route) => route.startsWith("PATCH")) + 1;
  expect(count).toBeGreaterThan(30);
  return Array.from({ length: count }, (_, index) => index + 1).filter((place) => place % step === 0);
}

/** Kills a run after its answers, after another one each time, and continues it. Gives how many times. */
export async function tryKilled(runs: Runs, step: number): Promise<number> {
  const places = await placesIn(runs, step);
  for (const place of places) {
    const { run, issue } = await askForTides(runs);
    await runs.killedAfter(run, place);
    expect((await runs.untilEnd(run)).state, `killed after ${place}`).toBe("done");
    await expectWhole(runs, run, runs.comment(issue));
  }
  return places.length;
}

/** Lets a request go wrong, or only its answer, another one each time, and continues. Gives how many times. */
export async function tryFaults(runs: Runs, kind: RequestFaultKind, step: number): Promise<number> {
  const places = await placesIn(runs, step);
  for (const place of places) {
    const { run, issue } = await askForTides(runs);
    const fault = { kind, probability: 1, times: 1, milliseconds: 0 };
    runs.hook({ before: (at) => (at === place ? runs.faults.arrange([fault], "lost") : undefined) });
    expect((await runs.untilEnd(run)).state, `${kind} at ${place}`).toBe("done");
    runs.faults.arrange([], "");
    await expectWhole(runs, run, runs.comment(issue));
  }
  return places.length;
}
