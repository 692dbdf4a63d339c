import { expect, test } from "vitest";
import { createSessions } from "../../../src/web/operations/create-sessions.ts";
import { durationWords } from "../../../src/web/operations/view-operations.ts";

let now = new Date("2026-03-01T12:00:00Z");
const clock = (): Date => now;

test.each([
  [0, "0 s"],
  [59.9, "59 s"],
  [60, "1 min"],
  [3599, "59 min"],
  [12_000, "3 h 20 min"],
])("%s seconds are %s", (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});

test("a session is open for a working day, in every process with the same token, and nowhere else", () => {
  const sessions = createSessions("token", clock);
  const session = sessions.open();
  expect(createSessions("token", clock).isOpen(session)).toBe(true);
  expect(createSessions("other", clock).isOpen(session)).toBe(false);
  expect(sessions.open()).not.toBe(session);
  now = new Date("2026-03-01T20:00:00Z");
  expect(sessions.isOpen(session)).toBe(false);
});

test.each([
  ["nothing", () => ""],
  ["another end", (session: string) => session.replace(/^\d+/, "9999999999")],
  ["another number", (session: string) => session.replace(/\.[^.]+\./, ".x.")],
  ["no signature", (session: string) => session.replace(/[^.]+$/, "")],
  [
    "a form's token in place of a signature",
    () => `9999999999.x.${createSessions("token", clock).formToken("9999999999.x")}`,
  ],
])("a session with %s is none", (_, change) => {
  const sessions = createSessions("token", clock);
  expect(sessions.isOpen(change(sessions.open()))).toBe(false);
});

test("a form's token is of one session alone", () => {
  const sessions = createSessions("token", clock);
  const [one, other] = [sessions.open(), sessions.open()];
  expect(sessions.formToken(one)).toBe(sessions.formToken(one));
  expect(sessions.formToken(one)).not.toBe(sessions.formToken(other));
});
