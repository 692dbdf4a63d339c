import { expect, test } from "vitest";
import { PostponeUntil } from "../../src/domain/postpone-until.ts";
import { createTurns, gitHubContentLimits, type TurnsOptions } from "../../src/github/create-turns.ts";

/** Turns by a clock that stands still unless somebody waits. */
function makeTurns(options: Partial<TurnsOptions> = {}) {
  let now = 0;
  const log: string[] = [];
  const turns = createTurns({
    clock: () => new Date(now),
    pause: 1000,
    wait: async (milliseconds) => {
      log.push(`wait ${milliseconds}`);
      now += milliseconds;
    },
    ...options,
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

/** Creates so many things one after the other, seventy a minute; gives when the next one may be. */
async function create(count: number): Promise<Date | "at once"> {
  let now = 0;
  const clock = (): Date => new Date(now);
  const turns = createTurns({ clock, pause: 0, wait: async () => {}, contentLimits: gitHubContentLimits });
  try {
    for (let made = 0; made < count; made += 1) {
      await turns.write(true, async () => {});
      now += made % 70 === 69 ? 60_000 : 100;
    }
    await turns.write(false, async () => {});
    await turns.write(true, async () => {});
    return "at once";
  } catch (error) {
    if (error instanceof PostponeUntil) return error.moment;
    throw error;
  }
}

test("an installation creates 500 things in an hour, and is then told when the first of them is an hour ago", async () => {
  expect(await create(499)).toBe("at once");
  expect(await create(500)).toEqual(new Date(60 * 60_000));
});

test("it creates 80 things in a minute, edits as many as it likes, and others are counted apart", async () => {
  const { turns, send, pass } = makeTurns({ pause: 0, contentLimits: gitHubContentLimits });
  const { turns: others } = makeTurns({ pause: 0, contentLimits: gitHubContentLimits });
  for (let made = 0; made < 80; made += 1) await turns.write(true, send("one", 10));
  for (let made = 0; made < 100; made += 1) await turns.write(false, send("edit"));
  const refused = turns.write(true, send("too many"));
  await expect(refused).rejects.toMatchObject({ moment: new Date(60_000) });
  expect(await others.write(true, send("theirs"))).toBe("theirs");
  pass(60_000 - 800);
  expect(await turns.write(true, send("another"))).toBe("another");
  await expect(turns.write(true, send("too many"))).rejects.toMatchObject({ moment: new Date(60_010) });
});
