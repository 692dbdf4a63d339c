import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkTemplate } from "../../../src/domain/template/check-template.ts";

const comments = join(import.meta.dirname, "../../../templates/comments");

describe("a template may", () => {
  test.each([
    ["say what it likes", "### Thank you\n\nFor *everything*, @acme/tides."],
    ["show values, those around it, and those of the whole", "{{a}} {{a.b}} {{this}} {{../a}} {{@root.a}} {{a.[b c]}}"],
    ["use blocks", "{{#if a}}a{{else if b}}b{{else}}c{{/if}}{{#unless a}}a{{/unless}}{{^if a}}b{{/if}}"],
    [
      "go through lists, with names of its own",
      "{{#each rows as |row at|}}{{row.who}}{{@index}}{{@../first}}{{/each}}",
    ],
    ["use helpers in helpers", "{{#if (is (size rows) 0)}}{{number (size rows)}}{{/if}}{{#quote}}{{md a}}{{/quote}}"],
    ["count zero", "{{#if a includeZero=true}}a{{/if}}"],
    ["have comments, and control white space", "{{! one }}{{!-- {{two}} --}}{{~a~}}"],
    ["show braces", "\\{{a}} {{{{if a}}}}{{b}}{{{{/if}}}}"],
    ["include what is there to be included", "{{> warning}}{{> warning squash}}"],
    ["be empty", ""],
  ])("%s", (_, text) => {
    expect(checkTemplate(text, ["warning"])).toMatchObject({ ok: true });
  });

  test.each(["credit.md.hbs", "credit-check.md.hbs", "credit-warning.md.hbs", "evidence.md.hbs"])(
    "be ours: %s",
    (name) => {
      const text = readFileSync(join(comments, name), "utf8");
      expect(checkTemplate(text, ["comments/credit-warning", "comments/evidence"])).toMatchObject({ ok: true });
    },
  );
});

describe("a template may not", () => {
  test.each([
    ["write a value as it is", "{{{a}}}", "Values have two braces here"],
    ["write a value as it is, by an ampersand", "{{&a}}", "Values have two braces here"],
    ["call what is not a helper", "{{persn a}}", '"persn" is not a helper. Did you mean person?'],
    ["look up names that it makes", '{{lookup a "b"}}', '"lookup" is not a helper'],
    ["write to the log", "{{log a}}", '"log" is not a helper'],
    ["call a value", "{{a.b c}}", '"a.b" is not a helper'],
    ["call a helper by a path", "{{./md a}}", '"./md" is not a helper'],
    ["call by a text", '{{"md" a}}', "A value is not a helper"],
    ["call within parentheses what is not a helper", '{{md (lookup a "b")}}', '"lookup" is not a helper'],
    ["give a helper too little", "{{md}}", "The helper md takes one value"],
    ["give a helper too much", "{{#if (is a b c)}}{{/if}}", "The helper is takes 2 values"],
    ["give a helper what has a name", "{{md a b=c}}", '"b"= is not known here'],
    ["use a block that is not known", "{{#a}}{{/a}}", '"a" is not a block that is known here'],
    ["use the opposite of one", "{{^a}}{{/a}}", '"a" is not a block that is known here'],
    ["use a block as a value", "{{each}}", "each is a block"],
    ["give a block too little", "{{#each}}{{/each}}", "{{#each}} takes one value"],
    ["give a block what has a name", "{{#with a b=c}}{{/with}}", '"b"= is not known here'],
    ["hide a helper behind a value", "{{#each a as |md|}}{{md}}{{/each}}", '"as |md|" hides the helper md'],
    ["hide a helper in an else", "{{#if a}}{{else with b as |is|}}{{/if}}", '"as |is|" hides the helper is'],
    ["include what is not there", "{{> other}}", '"other" is not a template that can be included'],
    ["include its own block", "{{> @partial-block}}", '"@partial-block" is not a template that can be included'],
    ["include by a name that it makes", "{{> (md a)}}", "Which template to include has to stand in the template"],
    ["include with values that have a name", "{{> warning a=b}}", '"a"= is not known here'],
    ["include around a block", "{{#> warning}}{{/warning}}", "{{#> …}} is not known here"],
    ["define what to include", '{{#*inline "a"}}{{/inline}}', "Decorators and inline partials"],
    ["decorate", "{{* a}}", "Decorators and inline partials"],
    ["reach a constructor", "{{a.constructor}}", '"constructor" is not a name that leads anywhere here'],
    ["reach one in brackets", "{{md a.[constructor].[b]}}", '"constructor" is not a name'],
    ["reach a prototype", "{{#with __proto__}}{{/with}}", '"__proto__" is not a name'],
    ["reach one from the root", "{{@root.prototype.a}}", '"prototype" is not a name'],
    ["reach other variables", "{{@level}}", '"@level" is not known here'],
    ["reach the frames around it", "{{@_parent.root}}", '"@_parent.root" is not known here'],
    ["go up in the middle of a path", "{{a/../b}}", '"a/.." is not a name that leads anywhere'],
    ["write a text by braces", '{{"a"}}', "A value has a name"],
    ["write a number by braces", "{{1}}", "A value has a name"],
    ["leave a block open", "{{#if a}}", "not a template of Handlebars"],
    ["leave braces open", "{{a", "not a template of Handlebars"],
    ["end another block", "{{#if a}}{{/each}}", "{{#if}} begins here and ends as {{/each}}"],
    ["be long", "a".repeat(65_537), "A template may have 64 kB"],
    ["have very many pieces", "{{a}}".repeat(5001), "A template may have 5000 pieces"],
    ["be nested deep", `${"{{#if a}}".repeat(60)}${"{{/if}}".repeat(60)}`, "50 deep"],
    ["go on with else for ever", `{{#if a}}${"{{else if b}}".repeat(60)}{{/if}}`, "50 deep"],
    ["be nested so deep that it takes long to parse", "{{#if a}}".repeat(5000), "A template may have 500 blocks"],
    ["have many parentheses", `{{md ${"(md ".repeat(6)}a${")".repeat(6)}}}`, "5 deep"],
    ["have very many parentheses", "(".repeat(1001), "A template may have 1000 parentheses"],
  ])("%s", (_, text, message) => {
    const check = checkTemplate(text, ["warning"]);
    expect(check).toMatchObject({ ok: false });
    expect(check.ok ? [] : check.errors.map((error) => error.message)).toContainEqual(expect.stringContaining(message));
  });
});

test("everything that is wrong is told at once, each with its line", () => {
  const check = checkTemplate("{{a}}\n{{{b}}}\n{{#if c}}\n{{log d}}\n\n{{/if}}{{constructor}}");
  expect(check.ok ? [] : check.errors.map(({ line }) => line)).toEqual([2, 4, 6]);
});

test("where it cannot be parsed, the line is that where the parser stopped", () => {
  expect(checkTemplate("a\n\n{{a b=}}\n")).toMatchObject({ ok: false, errors: [{ line: 3 }] });
  expect(checkTemplate("a\n{{#if a}}\n{{/each}}")).toMatchObject({ ok: false, errors: [{ line: 2 }] });
});
