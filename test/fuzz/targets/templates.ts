import { checkPlaybook } from "../../../src/domain/playbook/check-playbook.ts";
import { checkTemplate } from "../../../src/domain/template/check-template.ts";
import { manifestOf, playbookFiles } from "../../support/make-playbook.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

const pieces = [
  "{{",
  "}}",
  "{{{",
  "}}}",
  "{{~",
  "~}}",
  "{{#if ",
  "{{/if}}",
  "{{#each people}}",
  "{{#each ",
  " as |x i|",
  "{{/each}}",
  "{{else}}",
  "{{else if ",
  "{{^}}",
  "{{> ",
  "{{#> ",
  "{{* ",
  "{{!--",
  "--}}",
  "{{{{raw}}}}",
  "(",
  ")",
  "[",
  "]",
  "=",
  ".",
  "../",
  "@root",
  "@index",
  "this",
  "constructor",
  "lookup ",
  '"a"',
  "1",
  " ",
  "\n",
  "\\{{",
];
/** A longer one is not read; the parser's time for what is let through, on a machine that others use too. */
const limits = { longest: 64_000, patience: 10_000 };

/** Templates of comments and releases. */
export const commentTemplates: FuzzTarget = {
  ...limits,
  name: "comment templates",
  pieces: [...pieces, "md ", "person ", "people ", "is ", "{{#quote}}", "{{/quote}}", "plural ", "name"],
  read: (text) => {
    const check = checkTemplate(text, ["evidence"]);
    expectLines(check.ok ? [] : check.errors, text);
  },
};

/** Templates in playbooks, and the names of their files. */
export const playbookTemplates: FuzzTarget = {
  ...limits,
  name: "playbook templates",
  pieces: [...pieces, "json ", "yaml ", "sh ", "kebab ", "inputs.", "inputs.title", "playbook.", "eq ", "join "],
  read: (text) => {
    const files = {
      "playbook.yml": manifestOf("inputs: { title: { type: string, required: true } }"),
      "files/a.hbs": text,
      [`files/${text.replaceAll("/", "").slice(0, 150)}`]: "",
    };
    const check = checkPlaybook(playbookFiles(files));
    expectLines(
      (check.ok ? check.notes : check.errors).map(({ line, message }) => ({ line: line ?? 1, message })),
      text,
    );
  },
};

function expectLines(errors: readonly { readonly line: number; readonly message: string }[], text: string): void {
  const lines = Math.max(text.split(/\r\n|[\r\n]/).length, 20);
  for (const { line, message } of errors) {
    if (line < 1 || line > lines) throw new Error(`an error is on line ${line} of ${lines}`);
    if (message.includes("\n")) throw new Error(`an error has several lines: ${message}`);
  }
}
