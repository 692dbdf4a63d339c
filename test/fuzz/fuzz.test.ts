import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { depth } from "../support/depth.ts";
import { grow, growingText, hostileText } from "./hostile-text.ts";
import { targets } from "./targets.ts";

describe.each(targets.map((target) => [target.name, target] as const))("%s", (_, target) => {
  test("come to what was promised, whatever is in them", () => {
    fc.assert(
      fc.property(hostileText(target), (text) => {
        expect(() => target.read(text)).not.toThrow();
      }),
      { numRuns: depth({ quick: 100, deep: 5000 }) },
    );
  });
});

test("a text that grows is as long as was asked for, and begins and ends as before", () => {
  fc.assert(
    fc.property(growingText({ pieces: ["v1", "-"] }), fc.integer({ min: 1, max: 10_000 }), (text, length) => {
      const grown = grow(text, length);
      expect(grown.length).toBeGreaterThanOrEqual(length);
      expect(grown.startsWith(text.start + text.again)).toBe(true);
      expect(grown.endsWith(text.again + text.end)).toBe(true);
    }),
    { numRuns: 100 },
  );
});
