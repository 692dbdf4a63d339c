import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startProgress } from "../../src/cli/progress.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function readFor(milliseconds: number, isTTY: boolean): string {
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const progress = startProgress(stderr);
  progress.advance(41_000);
  vi.advanceTimersByTime(milliseconds);
  progress.stop();
  vi.advanceTimersByTime(1000);
  return String(stderr.read() ?? "");
}

test("a terminal sees how many commits have been read, until they all are", () => {
  expect(readFor(250, true)).toBe("\r41,000 commits read …\r\u001B[K");
});

test("a short history is read without a word", () => {
  expect(readFor(100, true)).toBe("");
});

test("anything but a terminal sees nothing", () => {
  expect(readFor(1000, false)).toBe("");
});
