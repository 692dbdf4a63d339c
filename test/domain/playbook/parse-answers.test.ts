import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAnswerText, writeAnswer } from "../../../src/domain/playbook/answer-text.ts";
import { type Input, inputSchema } from "../../../src/domain/playbook/input-schema.ts";
import { parseAnswers } from "../../../src/domain/playbook/parse-answers.ts";

const inputs: Readonly<Record<string, Input>> = Object.fromEntries(
  Object.entries({
    name: { type: "string", pattern: "^[a-z][a-z0-9.-]*$", help: "Name of the repository." },
    title: { type: "string", required: false },
    why: { type: "string", required: false, multiline: true },
    database: { type: "choice", options: ["none", "postgres"], default: "none" },
    size: { type: "number", min: 1, max: 9, default: 3, when: { input: "database", is: "postgres" } },
    ci: { type: "boolean", default: true },
    topics: { type: "list", required: false, options: ["sea", "moon"] },
    lead: { type: "person", required: false },
    owner: { type: "team", required: false },
  }).map(([name, input]) => [name, inputSchema.parse(input)]),
);

function parse(text: string) {
  const { answers, mistakes } = readAnswerText(text);
  expect(mistakes).toEqual([]);
  return parseAnswers(answers, { inputs, organisation: "acme" });
}

test("a name is enough, and all else has its default or nothing", () => {
  const reading = parse("name=tides");
  expect(reading.ok && Object.fromEntries(reading.values)).toEqual({
    name: "tides",
    title: null,
    why: null,
    database: "none",
    size: null,
    ci: true,
    topics: null,
    lead: null,
    owner: null,
  });
});

describe("an answer becomes a value", () => {
  test.each([
    ['title="Tide tables"', "title", "Tide tables"],
    ["title=“Tide tables”", "title", "Tide tables"],
    ["title='say \"hi\"'", "title", 'say "hi"'],
    ['why="one\ntwo"', "why", "one\ntwo"],
    ['why="one\\ntwo"', "why", "one\ntwo"],
    ["database=Postgres", "database", "postgres"],
    ["database=postgres", "size", 3],
    ["database=postgres\nsize=9", "size", 9],
    ["ci=no", "ci", false],
    ["ci=TRUE", "ci", true],
    ['topics="moon, sea"', "topics", ["moon", "sea"]],
    ["topics=sea", "topics", ["sea"]],
    ["lead=@ada", "lead", "ada"],
    ["owner=platform", "owner", "acme/platform"],
    ["owner=@ACME/platform", "owner", "acme/platform"],
    ["owner=", "owner", null],
  ])("%s", (text, name, value) => {
    const reading = parse(`name=tides ${text}`);
    expect(reading.ok && reading.values.get(name)).toEqual(value);
  });
});

describe("a wrong answer is refused:", () => {
  test.each([
    ["none at all", "", "name is missing: Name of the repository"],
    ["another form", "name=Tides", "name does not match ^[a-z][a-z0-9.-]*$ (Name of the repository)"],
    ["a name that GitHub keeps for itself", "name=tides.git", "name is a name that no repository may have"],
    ["no option", "name=tides database=mysql", "database has to be one of none, postgres"],
    ["no number", "name=tides database=postgres size=big", "size has to be a number"],
    ["half a number", "name=tides database=postgres size=1.5", "size has to be a whole number"],
    ["a number that is too large", "name=tides database=postgres size=10", "size has to be at most 9"],
    ["a number of no use", "name=tides size=4", "size is not asked for with these answers: leave it away"],
    ["neither yes nor no", "name=tides ci=maybe", "ci has to be yes or no"],
    ["an entry that is no option", "name=tides topics=sea,sun", "topics may have these entries: sea, moon"],
    ["an entry twice", "name=tides topics=sea,sea", "topics has an entry twice"],
    ["somebody who cannot be", "name=tides lead=ada!", "lead has to be somebody's login, such as ada"],
    ["a team of others", "name=tides owner=other/platform", "owner has to be a team of acme"],
    ["what is not asked for", "name=tides databse=none", "databse is not asked for here. Did you mean database?"],
    ["two lines where one may be", 'name=tides title="a\nb"', "title has to be a single line"],
  ])("%s", (_, text, mistake) => {
    expect(parse(text)).toMatchObject({ ok: false, mistakes: [expect.stringContaining(mistake)] });
  });

  test("all of them at once, with a line to copy in which the right ones stay", () => {
    expect(parse('title="Tide tables" database=postgres size=0 ci=x lead=!')).toEqual({
      ok: false,
      mistakes: [
        "name is missing: Name of the repository",
        "size has to be at least 1",
        "ci has to be yes or no",
        "lead has to be somebody's login, such as ada",
      ],
      line: 'name=<text> title="Tide tables" database=postgres size=<number> ci=<yes|no> lead=<person>',
    });
  });
});

describe("what is not understood in a line of answers is told:", () => {
  test.each([
    ["a word", "name=tides please", '"please" is no answer: write it as name=value'],
    ["an answer without a name", "=tides", '"=tides" is no answer: write it as name=value'],
    ["the same twice", "name=a name=b", "name is answered twice: leave one of them away"],
    ["a quote that does not close", 'name="a', "the value of name has a quote that does not close"],
  ])("%s", (_, text, mistake) => {
    expect(readAnswerText(text).mistakes).toEqual([mistake]);
  });
});

test("any value that is written as an answer is read back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (first, second) => {
      const line = `${writeAnswer("first", first)} ${writeAnswer("second", second)}`;
      expect(readAnswerText(line)).toEqual({
        answers: new Map([
          ["first", first],
          ["second", second],
        ]),
        mistakes: [],
      });
    }),
  );
});
