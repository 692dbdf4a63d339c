import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readReleaseTag } from "../../../src/domain/release/read-version.ts";
import { compareTags, findRange } from "../../../src/domain/release/version-order.ts";

describe("readReleaseTag", () => {
  test.each([
    ["v1.2.0", "v", ["1", "2", "0"], []],
    ["1.2.0", "", ["1", "2", "0"], []],
    ["web-v1.2.0-rc.1", "web-v", ["1", "2", "0"], ["rc", "1"]],
    ["@acme/web@2.0.0-beta.3+build.7", "@acme/web@", ["2", "0", "0"], ["beta", "3"]],
    ["release/2026.01", "release/", ["2026", "1"], []],
    ["log4j-2.1", "log4j-", ["2", "1"], []],
    ["python3.11-v1.2.0", "python3.11-v", ["1", "2", "0"], []],
    ["v1.0.0rc1", "v", ["1", "0", "0"], ["rc1"]],
    ["1.0.0.dev4", "", ["1", "0", "0"], ["dev4"]],
    ["vv3.5.0", "vv", ["3", "5", "0"], []],
    ["v4", "v", ["4"], []],
    ["release-7", "release-", ["7"], []],
  ])("%s", (tag, prefix, numbers, prerelease) => {
    expect(readReleaseTag(tag)).toEqual({ tag, prefix, version: { numbers, prerelease } });
  });

  test.each(["2026-01-15", "nightly", "", "v", "1.0.0.Final"])("no version is in %j", (tag) => {
    expect(readReleaseTag(tag).version).toBeNull();
  });

  test("a long tag of strangers takes no long time", () => {
    for (const tag of ["-v".repeat(50_000), "1.".repeat(50_000), "1-".repeat(50_000), "a".repeat(100_000)]) {
      expect(readReleaseTag(tag).tag).toBe(tag);
    }
  });
});

test("tags are in the order that semver.org gives, numbers by their value", () => {
  const ordered = [
    "v1.0.0-alpha",
    "v1.0.0-alpha.1",
    "v1.0.0-alpha.beta",
    "v1.0.0-beta",
    "v1.0.0-beta.2",
    "v1.0.0-beta.11",
    "v1.0.0-rc.1",
    "v1.0.0-rc2",
    "v1.0.0-rc10",
    "v1.0.0",
    "v1.2.0",
    "v1.10.0",
    "v2",
    "v2.0.0",
    "v99999999999999999999.0.0",
    "v100000000000000000000.0.0",
  ];
  expect(ordered.toReversed().toSorted(compareTags)).toEqual(ordered);
  expect(["week-10", "week-9", "2026-01-15", "2025-12-01"].toSorted(compareTags)).toEqual([
    "2025-12-01",
    "2026-01-15",
    "week-9",
    "week-10",
  ]);
});

const tags = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.stringMatching(/^(web-)?v?\d{1,2}(\.0?\d{1,2}){0,3}(-(rc|beta|1)(\.?\d{1,2})?)?(\+1)?$/),
);

test("the order is one: the same from both sides, transitive, and equal only for equal texts", () => {
  fc.assert(
    fc.property(tags, tags, tags, (one, two, three) => {
      expect(Math.sign(compareTags(one, two))).toBe(-Math.sign(compareTags(two, one)) + 0);
      expect(compareTags(one, two) === 0).toBe(one === two);
      const [low = "", middle = "", high = ""] = [one, two, three].toSorted(compareTags);
      expect(compareTags(low, middle)).toBeLessThanOrEqual(0);
      expect(compareTags(middle, high)).toBeLessThanOrEqual(0);
      expect(compareTags(low, high)).toBeLessThanOrEqual(0);
    }),
  );
});

describe("findRange", () => {
  const all = [
    "v2.0.0",
    "v1.9.4",
    "v1.10.0",
    "v2.0.0-rc.1",
    "v2.0.0-rc.2",
    "v1.0.0",
    "v1.0.0-beta.1",
    "v2",
    "web-v1.0.0",
    "web-v1.1.0",
    "2026-01-15",
    "2026-02-01",
    "nightly",
  ];
  test.each([
    ["a release against the last release, by version", "v2.0.0", "v1.10.0"],
    ["a prerelease against the last prerelease", "v2.0.0-rc.2", "v2.0.0-rc.1"],
    ["the first prerelease against the last release", "v2.0.0-rc.1", "v1.10.0"],
    ["the first release from the beginning, whatever came to try it", "v1.0.0", null],
    ["the first of all from the beginning", "v1.0.0-beta.1", null],
    ["a prefix of a monorepo by itself", "web-v1.1.0", "web-v1.0.0"],
    ["the first of a prefix from the beginning", "web-v1.0.0", null],
    ["a release of an older branch", "v1.9.5", "v1.9.4"],
    ["a tag that moves is passed over for one that stays", "v2.0.1", "v2.0.0"],
    ["a repository that ceased to write the v", "2.1.0", "v2.0.0"],
    ["days in their order", "2026-02-01", "2026-01-15"],
    ["a tag without any number", "nightly", null],
  ])("%s", (_, tag, from) => {
    expect(findRange(all, tag)).toEqual({ from, to: tag });
  });
});
