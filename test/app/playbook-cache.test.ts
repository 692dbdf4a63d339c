import { expect, test } from "vitest";
import { createPlaybookCache } from "../../src/app/playbook/create-playbook-cache.ts";

const refused = { ok: false, errors: [] } as const;
const room = 32_000_000;

test("what was asked for longest ago is forgotten once there is no room left", () => {
  const { checks } = createPlaybookCache();
  checks.set("one", refused, room / 2);
  checks.set("two", refused, room / 2);
  expect(checks.get("one")).toBe(refused);
  checks.set("three", refused, 1);
  expect(["one", "two", "three"].map((key) => checks.get(key) !== undefined)).toEqual([true, false, true]);
});

test("what is heavier than all the room is not kept, and takes nothing else's", () => {
  const { checks } = createPlaybookCache();
  checks.set("one", refused, 1);
  checks.set("two", refused, room + 1);
  expect(checks.get("one")).toBe(refused);
  expect(checks.get("two")).toBeUndefined();
});

test("what is kept anew takes its room once", () => {
  const { checks } = createPlaybookCache();
  checks.set("other", refused, 1);
  for (let time = 0; time < 3; time += 1) checks.set("one", refused, room / 2);
  expect(checks.get("other")).toBe(refused);
});
