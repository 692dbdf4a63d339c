import { expect, test } from "vitest";
import { parseSearch } from "../../../src/sandbox/search/parse-search.ts";
import { isWithin, readTimeRange } from "../../../src/sandbox/search/read-time-range.ts";

const known = new Set(["author", "label", "is"]);

test.each([
  ["author:ada", [["author", ["ada"], false]]],
  [
    "is:pr   author:ada\tis:open",
    [
      ["is", ["pr"], false],
      ["author", ["ada"], false],
      ["is", ["open"], false],
    ],
  ],
  ['label:"help wanted"', [["label", ["help wanted"], false]]],
  ['label:bug,"help wanted"', [["label", ["bug", "help wanted"], false]]],
  ["-label:bug", [["label", ["bug"], true]]],
  ["NOT author:ada", [["author", ["ada"], true]]],
  [
    "high NOT low",
    [
      [null, ["high"], false],
      [null, ["low"], true],
    ],
  ],
  [
    '"high water" AUTHOR:Ada',
    [
      [null, ["high water"], false],
      ["author", ["Ada"], false],
    ],
  ],
  ["tide:high", [[null, ["tide:high"], false]]],
  ["author:", [[null, ["author:"], false]]],
  ["", []],
])("%j is taken apart", (search, expected) => {
  const terms = parseSearch(search, known);
  expect(terms.map(({ qualifier, values, isExcluded }) => [qualifier, values, isExcluded])).toEqual(expected);
});

test.each([
  ["2026-01-31", ["2026-01-31T00:00:00Z", "2026-01-31T23:59:59Z"], ["2026-01-30T23:59:59Z", "2026-02-01T00:00:00Z"]],
  [">=2026-01-31", ["2026-01-31T00:00:00Z", "2027-01-01T00:00:00Z"], ["2026-01-30T23:59:59Z"]],
  [">2026-01-31", ["2026-02-01T00:00:00Z"], ["2026-01-31T23:59:59Z"]],
  ["<2026-01-31", ["2026-01-30T23:59:59Z"], ["2026-01-31T00:00:00Z"]],
  ["<=2026-01-31", ["2026-01-31T23:59:59Z"], ["2026-02-01T00:00:00Z"]],
  ["2026-01-01..2026-01-31", ["2026-01-01T00:00:00Z", "2026-01-31T23:59:59Z"], ["2026-02-01T00:00:00Z"]],
  ["2026-01-01..*", ["2026-01-01T00:00:00Z", "2030-01-01T00:00:00Z"], ["2025-12-31T23:59:59Z"]],
  ["*..2026-01-01", ["2026-01-01T23:59:59Z", "2000-01-01T00:00:00Z"], ["2026-01-02T00:00:00Z"]],
  ["<2026-01-31T12:00:00Z", ["2026-01-31T11:59:59.999Z"], ["2026-01-31T12:00:00Z"]],
  ["<=2026-01-31T12:00:00Z", ["2026-01-31T12:00:00.999Z"], ["2026-01-31T12:00:01Z"]],
  [">=2026-01-31T12:00:00+02:00", ["2026-01-31T10:00:00Z"], ["2026-01-31T09:59:59Z"]],
])("%s holds the times that GitHub has in it", (text, inside, outside) => {
  const range = readTimeRange(text) ?? { from: 0, until: 0 };
  expect(inside.filter((time) => !isWithin(new Date(time), range))).toEqual([]);
  expect(outside.filter((time) => isWithin(new Date(time), range))).toEqual([]);
  expect(isWithin(null, range)).toBe(false);
});

test.each(["yesterday", "2026-13-01", "2026", ">=", "", "2026-01-01..2026-02-01..2026-03-01", ">2026-01-01..*"])(
  "%j is no time",
  (text) => expect(readTimeRange(text)).toBeNull(),
);
