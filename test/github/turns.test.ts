import { expect, test } from "vitest";
import { PostponeUntil } from "../../src/domain/postpone-until.ts";
import { createTurns } from "../../src/github/create-turns.ts";

/** Turns by a clock that stands still unless somebody waits. */
function makeTurns() {
  let now = 0;
  const log: string[] = [];
  const turns = createTurns({
    clock: () => new Date(now),
    pause: 1000,
    wait: async (milliseconds) => {
      log.push(`wait ${milliseconds}`);
      now += milliseconds;
    },
  });
  const send =
    (name: string, takes = 0) =>
    async (): Promise<string> => {
      log.push(`${name} begins`);
      await Promise.resolve();
      now += takes;
      log.push(`${name} ends`);
      return name;
    };
  return { turns, log, send, pass: (milliseconds: number) => (now += milliseconds) };
}

test("writes go one after another, and between two that create something a second passes", async () => {
  const { turns, log, send } = makeTurns();
  const sent = await Promise.all([
    turns.write(true, send("one")),
    turns.write(false, send("edit", 300)),
    turns.write(true, send("two")),
  ]);
  expect(sent).toEqual(["one", "edit", "two"]);
  expect(log).toEqual(["one begins", "one ends", "edit begins", "edit ends", "wait 700", "two begins", "two ends"]);
});

test("whoever comes late enough does not wait, and a failure holds nobody up", async () => {
  const { turns, log, send, pass } = makeTurns();
  await expect(turns.write(true, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  pass(1000);
  await turns.write(true, send("two"));
  expect(log).toEqual(["two begins", "two ends"]);
});

test("until the moment that GitHub names nothing goes out", () => {
  const { turns, pass } = makeTurns();
  turns.closeUntil(new Date(500));
  turns.closeUntil(new Date(200));
  expect(() => turns.requireOpen()).toThrow(PostponeUntil);
  pass(500);
  expect(() => turns.requireOpen()).not.toThrow();
});
