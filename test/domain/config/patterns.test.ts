import { describe, expect, test } from "vitest";
import { isExcluded } from "../../../src/domain/config/is-excluded.ts";
import { matchesPath } from "../../../src/domain/config/matches-path.ts";

describe("a path", () => {
  test.each([
    ["docs/**", "docs/a.md"],
    ["docs/**", "docs/deep/down/a.md"],
    ["**/*.md", "README.md"],
    ["**/*.md", "docs/deep/a.md"],
    ["docs/**/images/*.svg", "docs/images/a.svg"],
    ["docs/**/images/*.svg", "docs/a/images/b/images/c.svg"],
    ["*.md", ".hidden.md"],
    ["a?c", "a😀c"],
    ["pages/[id].tsx", "pages/[id].tsx"],
    ["a*b*c", "a--b-b--c"],
    ["**", "anything/at/all"],
  ])("matched by %s: %s", (glob, path) => {
    expect(matchesPath([glob], path)).toBe(true);
  });

  test.each([
    ["docs", "docs/a.md"],
    ["docs/*", "docs/deep/a.md"],
    ["*.md", "docs/a.md"],
    ["**/*.md", "a.mdx"],
    ["docs/**", "my/docs/a"],
    ["*.MD", "a.md"],
    ["a.c", "abc"],
    ["a*b*c", "a--b--cd"],
  ])("not matched by %s: %s", (glob, path) => {
    expect(matchesPath([glob], path)).toBe(false);
  });

  test("is matched by any of several globs, and by none where there is none", () => {
    expect(matchesPath(["docs/**", "*.svg"], "a.svg")).toBe(true);
    expect(matchesPath([], "a.svg")).toBe(false);
  });

  test("is matched in little time, whatever the pattern", () => {
    expect(matchesPath([`${"a*".repeat(99)}b`], "a".repeat(4096))).toBe(false);
    expect(matchesPath([`${"**/a*/".repeat(33)}b`], "a/".repeat(2048))).toBe(false);
  });
});

describe("a login", () => {
  test.each([
    ["*[bot]", "dependabot[bot]", true],
    ["*[bot]", "dependabot", false],
    ["*[bot]", "talbot", false],
    ["release-machine", "Release-Machine", true],
    ["release-machine", "release-machine-2", false],
    ["release-*", "release-machine-2", true],
    ["ada", "adam", false],
    ["a?a", "ada", false],
  ])("by %s: %s is excluded: %s", (pattern, login, excluded) => {
    expect(isExcluded(["nobody", pattern], login)).toBe(excluded);
  });
});
