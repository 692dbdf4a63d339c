import { describe, expect, test } from "vitest";
import { readConfiguration } from "../../../src/domain/config/read-configuration.ts";
import { creditPathsOfRelease } from "../../../src/domain/release/credit-paths.ts";
import { pathsOfRelease } from "../../../src/domain/release/paths-of-release.ts";
import { readReleaseSettings, splitTeams } from "../../../src/domain/release/release-settings.ts";

describe("what a release is made of, by its tag", () => {
  const prefixes = {
    web: ["a"],
    "web-v": ["web/**"],
    "web-": ["b"],
    "@acme/api@": ["api/**"],
    nightly: ["n"],
    v: ["v"],
  };
  test.each([
    ["web-v1.2.0", ["web/**"]],
    ["web-1.2.0", ["b"]],
    ["web2", ["a"]],
    ["website-v1", null],
    ["web-vital-1", null],
    ["@acme/api@1.0.0", ["api/**"]],
    ["nightly", ["n"]],
    ["v1", ["v"]],
    ["vendor-1", null],
    ["1.0", null],
    ["", null],
  ])("%s", (tag, globs) => {
    expect(pathsOfRelease(prefixes, tag)).toEqual(globs);
  });
});

test("teams are told from people", () => {
  expect(splitTeams(["ada", "@acme/platform", "@grace", "*[bot]", "Joan *"])).toEqual({
    people: ["ada", "grace", "*[bot]", "Joan *"],
    teams: ["acme/platform"],
  });
});

test("settings become rules", () => {
  const read = readConfiguration(
    `credit: { assistants: hide, exclude: ["machine"], paths: { docs: ["docs/**"] } }
acknowledgements: { sort: name, mentions: true, exclude: ["@acme/platform", "ada"], team: ["@acme/*", "grace"], template: thanks.hbs }`,
  );
  if (!read.ok) throw new Error("it can be read");
  const { paths, ...settings } = readReleaseSettings(read.configuration);
  expect(settings).toEqual({
    rules: {
      sort: "name",
      mentions: true,
      exclude: ["ada"],
      team: ["grace"],
      uncredited: ["machine"],
      assistants: "hide",
    },
    excludedTeams: ["acme/platform"],
    ownTeams: ["acme/*"],
    template: "thanks.hbs",
    trailers: {},
    commenters: false,
    prefixes: {},
  });
  expect(Object.keys(paths)).toEqual(["docs"]);
  expect([paths.docs?.("docs/a.md"), paths.docs?.("src/a.ts")]).toEqual([true, false]);
});

const of = (name: string) => {
  return { key: name, name, login: null, url: null, isAssistant: false, isNewcomer: false };
};

test("whoever wrote what changes a path has its role, and nobody else", () => {
  const credits = [
    { person: of("Ada Example"), role: "author" as const, work: "1", pull: 1 },
    { person: of("Grace Sample"), role: "reviewer" as const, work: "1", pull: 1 },
    { person: of("Joan Figure"), role: "author" as const, work: "2", pull: 2 },
  ];
  const rules = {
    paths: { docs: (path: string) => path.endsWith(".md"), design: (path: string) => path.endsWith(".svg") },
    pathsOf: (work: string) => (work === "1" ? ["a.md", "b.md", "c.svg"] : ["a.ts"]),
  };
  const told = creditPathsOfRelease(credits, rules).map(({ person, role }) => `${person.name}: ${role}`);
  expect(told).toEqual([
    "Ada Example: author",
    "Grace Sample: reviewer",
    "Joan Figure: author",
    "Ada Example: docs",
    "Ada Example: design",
  ]);
});
