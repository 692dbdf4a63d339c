import fc from "fast-check";
import type { FuzzTarget } from "./fuzz-target.ts";
import { type GrowingText, grow, growingText } from "./hostile-text.ts";

/** How much longer each text is than the one before, of three. */
const growth = 4;
/**
 * Time in proportion makes this 4 each time, the square of a text 16. A cache that is full makes it more, but once, and a busy
 * machine may double it.
 */
const mostGrowth = 8;
/** What is done so soon is in nobody's way, however it grows; in milliseconds. */
const soon = 40;

export interface Slowness {
  readonly text: GrowingText;
  /** Milliseconds for texts of which each is four times as long as the one before; for the longest alone where that is too much. */
  readonly times: readonly number[];
}

/** Tries so many texts that grow, and gives the first whose time grows faster than they do; null where none does. */
export function findSlowness(target: FuzzTarget, { inputs, seed }: { inputs: number; seed: number }): Slowness | null {
  for (const text of fc.sample(growingText(target), { numRuns: inputs, seed })) {
    const slowness = measure(target, text, 1) === null ? null : measure(target, text, 5);
    if (slowness !== null) return slowness;
  }
  return null;
}

function measure({ read, longest, patience }: FuzzTarget, text: GrowingText, tries: number): Slowness | null {
  const long = timeOf(read, grow(text, longest), tries);
  if (patience !== undefined) return long > patience ? { text, times: [long] } : null;
  if (long < soon) return null;
  const middle = timeOf(read, grow(text, longest / growth), tries);
  const short = timeOf(read, grow(text, longest / growth ** 2), tries);
  const isSlow = long > mostGrowth * middle && middle > mostGrowth * short;
  return isSlow ? { text, times: [short, middle, long] } : null;
}

/** The best of several times: whatever else the machine does makes it only longer. */
function timeOf(read: FuzzTarget["read"], text: string, tries: number): number {
  let best = Infinity;
  for (let count = 0; count < tries; count += 1) {
    const begun = performance.now();
    read(text);
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}
