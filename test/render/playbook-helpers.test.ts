import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkTemplate } from "../../src/domain/template/check-template.ts";
import { playbookLanguage } from "../../src/domain/template/playbook-language.ts";
import { renderChecked } from "../../src/render/render-checked.ts";

const inputs = {
  name: "tides",
  title: "Ada's Tide-tables 2",
  list: ["a b", "c"],
  empty: [],
  nothing: null,
  yes: true,
  count: 3,
  several: "one\n/credit @ada\r\n- two\u2028# three",
  hostile: "a: b # \"c\" 'd' `e` @ada #1 <b> {{x}} $(y)",
};

function render(text: string): string {
  const check = checkTemplate(text, [], playbookLanguage);
  if (!check.ok) throw new Error(JSON.stringify(check.errors));
  const { template } = check;
  return renderChecked({ template, context: { inputs }, kind: { language: "playbook", year: 2026 }, longest: 1000 });
}

describe("in a playbook's template", () => {
  test.each([
    ["a value stands as it is", "{{inputs.title}} {{inputs.count}} {{inputs.yes}}", "Ada's Tide-tables 2 3 true"],
    ["nothing is nothing", "[{{inputs.nothing}}]", "[]"],
    ["nothing of it is escaped as HTML", "{{inputs.hostile}}", inputs.hostile],
    ["kebab makes a name", "{{kebab inputs.title}}", "ada-s-tide-tables-2"],
    ["kebab leaves numbers at their word", '{{kebab "v2Api HTTPServer"}}', "v2-api-http-server"],
    ["kebab leaves out accents", '{{kebab "Größe à la carte"}}', "grosse-a-la-carte"],
    ["snake makes a name", "{{snake inputs.title}}", "ada_s_tide_tables_2"],
    ["camel makes a name", "{{camel inputs.title}}", "adaSTideTables2"],
    ["pascal makes a name", "{{pascal inputs.title}}", "AdaSTideTables2"],
    ["title makes a title", '{{title "ada\'s tide tables"}}', "Ada's Tide Tables"],
    ["upper and lower change case", '{{upper "ab"}}{{lower "CD"}}', "ABcd"],
    ["helpers go into each other", "{{upper (snake inputs.title)}}", "ADA_S_TIDE_TABLES_2"],
    ["year is told", "{{year}}", "2026"],
    ["join puts a list together", '{{join inputs.list ", "}}[{{join inputs.nothing ", "}}]', "a b, c[]"],
    ["eq compares", '{{#if (eq inputs.name "tides")}}yes{{/if}}{{#if (eq inputs.count "3")}}no{{/if}}', "yes"],
    [
      "not, and, or decide",
      "{{not inputs.yes}} {{and inputs.yes inputs.empty}} {{or inputs.nothing 1}}",
      "false false true",
    ],
    ["a list is gone through", "{{#each inputs.list as |it|}}{{@index}}{{it}}{{/each}}", "0a b1c"],
    ["sh makes one word", "echo {{sh inputs.title}}", "echo 'Ada'\\''s Tide-tables 2'"],
    ["code is code", '{{code "a`b"}}', "`a'b`"],
    [
      "json writes lists and truths",
      "{{json inputs.list}} {{json inputs.yes}} {{json inputs.nothing}}",
      '["a b","c"] true null',
    ],
    [
      "md does nothing, wherever it stands",
      '{{md "/credit @ada"}}|{{md "1. a"}}|{{md "- a"}}',
      "\\/credit @\u2060ada|1\u2060. a|\\- a",
    ],
    [
      "paragraphs keep their lines",
      "{{paragraphs inputs.several}}",
      "one\n\\/credit @\u2060ada\n\\- two\n#\u2060 three",
    ],
    ["line is one line as it is", "{{line inputs.several}}", "one /credit @ada - two # three"],
    ["md is one line", "{{md inputs.several}}", "one /credit @\u2060ada - two #\u2060 three"],
  ])("%s", (_, text, expected) => {
    expect(render(text)).toBe(expected);
  });

  test.each(Object.keys(inputs))("yaml and json of %s are read back as they were", (name) => {
    expect(parse(`value: {{yaml x}}`.replace("{{yaml x}}", () => render(`{{yaml inputs.${name}}}`)))).toEqual({
      value: inputs[name as keyof typeof inputs],
    });
    expect(JSON.parse(render(`{{json inputs.${name}}}`))).toEqual(inputs[name as keyof typeof inputs]);
  });

  test.each([
    ["several lines without a helper", "a\n{{inputs.several}}", 2, "has several lines"],
    ["several lines behind a helper that keeps them", "{{upper inputs.several}}", 1, "has several lines"],
    ["a list", "{{inputs.list}}", 1, "a list or a group"],
    ["a name that is not there", "{{inputs.nme}}", 1, "is its name right?"],
    ["a text of which no name can be made", '{{kebab "!"}}', 1, "No letter from a to z"],
  ])("%s is refused, with its line", (_, text, line, message) => {
    expect(() => render(text)).toThrow(expect.objectContaining({ line, message: expect.stringContaining(message) }));
  });
});

test("README's table has every helper", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, table = ""] = /\n\| helper +\| writes .*\n((?:\|.*\n)+)/.exec(readme) ?? [];
  const helpers = Array.from(table.matchAll(/`(?:\{\{|\()(\w+)/g), ([, helper]) => helper);
  expect(new Set(helpers)).toEqual(new Set(Object.keys(playbookLanguage.inline)));
});
