import { expect, test } from "vitest";
import { relativeWords, timeElement } from "../../../src/sandbox/pages/time-element.ts";

const now = new Date("2026-03-01T12:00:00Z");

test.each([
  ["2026-03-01T11:59:30Z", "just now"],
  ["2026-03-01T11:59:00Z", "1 minute ago"],
  ["2026-03-01T09:00:00Z", "3 hours ago"],
  ["2026-02-28T11:00:00Z", "yesterday"],
  ["2026-02-20T12:00:00Z", "last week"],
  ["2025-12-01T12:00:00Z", "3 months ago"],
  ["2024-01-01T12:00:00Z", "2 years ago"],
  ["2026-03-04T12:00:00Z", "in 3 days"],
  ["2026-03-01T12:00:20Z", "just now"],
])("%s is %s", (date, words) => {
  expect(relativeWords(new Date(date), now)).toBe(words);
});

test("the exact time stands behind the words", () => {
  const html = timeElement(new Date("2026-03-01T09:00:00Z"), now).toString();
  expect(html).toBe('<time datetime="2026-03-01T09:00:00.000Z" title="2026-03-01 09:00:00 UTC">3 hours ago</time>');
});
