import { expect, test } from "vitest";
import type { Running } from "../../src/app/playbook/running.ts";
import { whileFresh } from "../../src/app/playbook/while-fresh.ts";
import { PostponeUntil } from "../../src/domain/postpone-until.ts";
import { NotThere } from "../../src/github/errors.ts";

const madeAt = Date.parse("2026-03-01T12:00:00Z");

/** Asks a repository of that age, in milliseconds, which refuses by these errors one after the other. */
async function ask(refusals: readonly Error[], { id = "r", age = 1000 } = {}) {
  const waits: number[] = [];
  let asked = 0;
  const deps = { clock: () => new Date(madeAt + age), wait: async (time: number) => void waits.push(time) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else of a run is looked at
  const running = { deps, run: { id } } as unknown as Running;
  const answer = await whileFresh(running, { madeAt }, async () => {
    const refusal = refusals[asked];
    asked += 1;
    if (refusal !== undefined) throw refusal;
    return "ready";
  }).catch((error: unknown) => error);
  return { answer, waits };
}

const notThere = new NotThere("Not Found");
const refused = (status: number, message = "no"): Error => Object.assign(new Error(message), { status });
const often = (error: Error): Error[] => Array.from({ length: 20 }, () => error);

test.each([
  ["not to be there", notThere],
  ["to be empty", refused(409)],
  ["to have no such object", refused(422, "Tree SHA does not exist")],
])("a repository that is said %s shortly after it was made is asked again, ever later", async (_, error) => {
  const { answer, waits } = await ask([error, error, error]);
  expect(answer).toBe("ready");
  expect(waits).toHaveLength(3);
  for (const [index, time] of waits.entries()) {
    expect(time).toBeGreaterThanOrEqual(125 * 2 ** index);
    expect(time).toBeLessThan(375 * 2 ** index);
  }
});

test("two runs do not wait equally long", async () => {
  const [one, other] = await Promise.all([ask([notThere], { id: "one" }), ask([notThere], { id: "other" })]);
  expect(one.waits).not.toEqual(other.waits);
});

test("where it takes long the run is left for later, and not for ever", async () => {
  const { answer, waits } = await ask(often(notThere));
  expect(answer).toBeInstanceOf(PostponeUntil);
  expect(waits).toHaveLength(5);
  expect(await ask(often(notThere), { age: 11 * 60_000 })).toEqual({ answer: notThere, waits: [] });
});

test.each([
  ["what is wrong", refused(422, "Validation Failed")],
  ["what is switched off", new NotThere("Issues are disabled", { cause: refused(410) })],
  ["what failed", refused(502)],
])("%s is not asked again", async (_, error) => {
  expect(await ask([error])).toEqual({ answer: error, waits: [] });
});
