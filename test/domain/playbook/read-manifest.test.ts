import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { manifestSchemaFile } from "../../../src/domain/playbook/manifest-schema.ts";
import { readManifest } from "../../../src/domain/playbook/read-manifest.ts";
import { generatedFiles } from "../../support/generated-files.ts";

const head = [
  "schema: 1",
  "name: node-service",
  "title: A Node service",
  "description: HTTP service with tests, runbook, decision records and an owner.",
  "version: 3.1.0",
  "lifecycle: production",
  "license: MIT",
  "authors: [{ login: ada, id: 101, name: Ada Example, role: maintainer }, { project: Tides }]",
];

function manifest(...lines: readonly string[]): string {
  return [...head, ...lines].join("\n");
}

function errorsOf(text: string): readonly string[] {
  const reading = readManifest(text);
  return reading.ok ? [] : reading.errors.map(({ line, message }) => `${line}: ${message}`);
}

const whole = manifest(
  "inputs:",
  '  name: { type: string, pattern: "^[a-z][a-z0-9-]{1,38}$", help: Name of the repository. }',
  "  title: { type: string, required: false, help: What people call it. }",
  "  why: { type: string, required: false, multiline: true, length: { max: 2000 } }",
  "  database: { type: choice, options: [none, postgres], default: none }",
  "  size: { type: number, min: 1, max: 9, default: 3, when: { input: database, is: postgres } }",
  "  ci: { type: boolean, default: true }",
  "  topics: { type: list, options: [sea, moon], default: [sea] }",
  "  lead: { type: person, required: false }",
  "  owner: { type: team, required: false, help: The team that answers for it. }",
  'derived: { package: "{{snake inputs.name}}" }',
  "files:",
  '  - { path: "files/src/db/**", when: { input: database, in: [postgres] } }',
  '  - { path: "files/scripts/*.sh", executable: true }',
  '  - { path: "files/docs/{{inputs.topic}}.md.hbs", each: topics, as: topic }',
  '  - { path: "files/sea/**", when: { all: [{ input: topics, has: sea }, { not: { input: ci, is: false } }] } }',
  'ignore: ["files/**/*.tmp"]',
  "repository:",
  '  description: "{{inputs.title}}"',
  "  visibility: private",
  "  topics: [tides]",
  "  features: { wiki: false }",
  "  merge: { squash: true, delete-branch: true }",
  '  labels: [{ name: "type:bug", color: d73a4a }]',
  "  milestones: [{ title: Walking skeleton }]",
  "  protection: { branch: main, reviews: 1, code-owners: true, checks: [ci] }",
  '  teams: [{ team: "{{inputs.owner}}", permission: maintain, when: { input: owner, given: true } }]',
  "  properties: { tier: gold }",
  "issues:",
  '  - { template: issues/kick-off.md.hbs, title: "Kick-off: {{repository.title}}", labels: [kickoff], milestone: Walking skeleton, assignees: ["{{inputs.lead}}"] }',
);

test("everything that a playbook can say is read", () => {
  expect(errorsOf(whole)).toEqual([]);
  const reading = readManifest(whole);
  expect(reading).toMatchObject({
    ok: true,
    value: {
      inputs: { name: { type: "string", required: true }, database: { default: "none" }, size: { whole: true } },
      repository: { labels: [{ name: "type:bug", color: "d73a4a" }], protection: { as: "ruleset" } },
    },
  });
  expect(reading.ok && reading.placeOf(["issues", 0, "title"])).toEqual({ line: 38, column: 48 });
});

test("a name is asked for first, whether the playbook says so or not", () => {
  const inputs = readManifest(manifest("inputs: { size: { type: number }, name: { type: string } }"));
  expect(inputs.ok && Object.keys(inputs.value.inputs)).toEqual(["name", "size"]);
  expect(readManifest(manifest())).toMatchObject({ ok: true, value: { inputs: { name: { type: "string" } } } });
});

describe("a mistake is told with its line:", () => {
  test.each([
    ["another schema", manifest().replace("schema: 1", "schema: 2"), "1: schema has to be 1"],
    ["an unknown setting", manifest("lables: []"), '9: "lables" is not a setting that is known.'],
    ["one within a group", manifest("repository: { lables: [] }"), 'Did you mean "labels"?'],
    ["an input without a type", manifest("inputs:", "  a: { help: x }"), "10: inputs.a.type needs a type: string"],
    [
      "a setting of another type",
      manifest("inputs: { a: { type: boolean, pattern: x } }"),
      '"pattern" is not a setting',
    ],
    ["nobody who made it", manifest().replace(/authors: .*/, "authors: []"), "8: authors needs at least one"],
    [
      "a default that is no option",
      manifest("inputs: { a: { type: choice, options: [b], default: c } }"),
      "9: inputs.a.default has to be one of b",
    ],
    [
      "a default that does not match",
      manifest('inputs: { a: { type: string, pattern: "[a-z]+", default: A } }'),
      "inputs.a.default does not match [a-z]+",
    ],
    [
      "a pattern that looks around",
      manifest('inputs: { a: { type: string, pattern: "(?=a)" } }'),
      "inputs.a.pattern looks around",
    ],
    [
      "a condition about nothing",
      manifest('files: [{ path: "files/**", when: {} }]'),
      "files[0].when has to be about one input",
    ],
    [
      "a condition about two things",
      manifest('files: [{ path: "files/**", when: { input: name, given: true, is: x } }]'),
      "files[0].when needs one of is",
    ],
    [
      "a condition about an unknown input",
      manifest('files: [{ path: "files/**", when: { input: nme, given: true } }]'),
      "files[0].when.input is no input that is known here. Did you mean name?",
    ],
    [
      "a condition that can never hold",
      manifest("inputs: { a: { type: boolean } }", 'files: [{ path: "files/**", when: { input: a, is: maybe } }]'),
      "10: files[0].when can never be, because a has to be yes or no",
    ],
    [
      "a condition about what is asked later",
      manifest("inputs: { a: { type: boolean, when: { input: b, is: true } }, b: { type: boolean } }"),
      "inputs.a.when.input is no input that is known here",
    ],
    [
      "a condition deep within others",
      manifest('files: [{ path: "files/**", when: { any: [{ not: { input: x, given: true } }] } }]'),
      "files[0].when.any[0].not.input is no input",
    ],
    [
      "an entry of what is no list",
      manifest('files: [{ path: "files/**", when: { input: name, has: x } }]'),
      "is for lists, and name is none",
    ],
    [
      "a rule outside of files",
      manifest('files: [{ path: "issues/**", executable: true }]'),
      'files[0].path has to begin with "files/"',
    ],
    ["a rule that says nothing", manifest('files: [{ path: "files/**" }]'), "files[0] says nothing"],
    [
      "a loop over what is no list",
      manifest('files: [{ path: "files/**", each: name, as: topic }]'),
      "files[0].each has to be a list, and name is none",
    ],
    [
      "a loop without a name",
      manifest("inputs: { a: { type: list } }", 'files: [{ path: "files/**", each: a }]'),
      "files[0] needs each and as",
    ],
    [
      "a derived value with the name of an input",
      manifest('derived: { name: "x" }'),
      "derived.name is an input already",
    ],
    [
      "a milestone that is not there",
      manifest("issues: [{ template: issues/a.md, title: A, milestone: B }]"),
      "issues[0].milestone is none of repository.milestones",
    ],
    [
      "a label that is there twice",
      manifest("repository: { labels: [{ name: a }, { name: A }] }"),
      "repository.labels[1] stands here a second time",
    ],
    [
      "a secret that is asked for",
      manifest("inputs: { api-token: { type: string } }"),
      "inputs.api-token looks like a secret",
    ],
    [
      "a name that is not asked for",
      manifest("inputs: { name: { type: string, required: false } }"),
      "inputs.name is the repository's name",
    ],
    [
      "numbers that cannot be",
      manifest("inputs: { a: { type: number, min: 3, max: 1 } }"),
      "inputs.a.max is smaller than min",
    ],
  ])("%s", (_, text, message) => {
    expect(errorsOf(text)).toEqual([expect.stringContaining(message)]);
  });

  test("and all of them at once", () => {
    const lines = ["inputs:", "  a: { type: choice }", "  b: { typ: string }", "repository: { visibility: secret }"];
    expect(errorsOf(manifest(...lines))).toHaveLength(3);
  });

  test("and an empty file is one too", () => {
    expect(errorsOf("")).toEqual(expect.arrayContaining(["1: name is missing."]));
  });
});

test("README's example is right", () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const [, example = ""] = /```yaml\n(# .*playbook\.schema\.json\n[^]*?)```/.exec(readme) ?? [];
  expect(example).toContain("schema: 1");
  expect(errorsOf(example)).toEqual([]);
});

test("the JSON Schema for editors is the committed one, and takes what is right", () => {
  const file = generatedFiles().find(({ path }) => path.endsWith("playbook.schema.json"));
  expect(readFileSync(file?.path ?? "", "utf8")).toBe(manifestSchemaFile());
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(JSON.parse(manifestSchemaFile()));
  const good = { schema: 1, name: "a", title: "A", description: "B", version: "1.0.0", lifecycle: "production" };
  const authors = [{ project: "Tides" }];
  expect(validate({ ...good, license: "MIT", authors, inputs: { a: { type: "boolean" } } })).toBe(true);
  expect(validate({ ...good, license: "MIT", authors, inputs: { a: { type: "bool" } } })).toBe(false);
  expect(validate({ ...good, license: "MIT", authors, filez: [] })).toBe(false);
});
