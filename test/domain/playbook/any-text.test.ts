import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAnswerText } from "../../../src/domain/playbook/answer-text.ts";
import { pathClashes, pathProblem } from "../../../src/domain/playbook/check-path.ts";
import { checkPlaybook } from "../../../src/domain/playbook/check-playbook.ts";
import { readPattern } from "../../../src/domain/playbook/match-pattern.ts";
import { readForm } from "../../../src/domain/playbook/read-form.ts";
import { readManifest } from "../../../src/domain/playbook/read-manifest.ts";
import { depth } from "../../support/depth.ts";
import { manifestOf, playbookFiles } from "../../support/make-playbook.ts";

/** Texts of pieces that mean something, in any order. */
function of(...pieces: readonly string[]) {
  return fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 30 });
}

const templatePieces = [
  "{{",
  "}}",
  "{{#if ",
  "{{/if}}",
  "{{#each ",
  "{{/each}}",
  "inputs.",
  "name",
  "title",
  " as |x|",
  "{{else}}",
  "(",
  ")",
  "json ",
  "../",
  "@root",
  ".",
  "\n",
  "{{!--",
  "--}}",
  "[",
  "]",
  "~",
];
const manifestPieces = [
  "inputs:",
  "\n  ",
  "\n",
  "a: ",
  "{ ",
  " }",
  "[",
  "]",
  "type: ",
  "string",
  "choice",
  "options",
  "when: ",
  "input: ",
  "files:",
  "- ",
  "path: ",
  "files/**",
  "repository:",
  "labels:",
  '"{{',
  '}}"',
  "*a",
  "&a ",
];

describe("no text whatsoever throws:", () => {
  test("as a manifest", () => {
    fc.assert(
      fc.property(of(...manifestPieces), (pieces) => {
        const reading = readManifest(manifestOf(pieces.join("")));
        if (reading.ok) return;
        expect(reading.errors.length).toBeGreaterThan(0);
        for (const { line } of reading.errors) expect(line).toBeGreaterThan(0);
      }),
      { numRuns: depth({ quick: 300, deep: 20_000 }) },
    );
  });

  test("as a template, a template's name, or an issue", () => {
    fc.assert(
      fc.property(of(...templatePieces), of(...templatePieces), (first, second) => {
        const [text, other] = [first.join(""), second.join("")];
        const files = {
          "playbook.yml": manifestOf("inputs: { title: { type: string } }", "issues: [{ template: a.hbs, title: A }]"),
          "files/a.hbs": text,
          [`files/${other.replaceAll("/", "")}`]: text,
          "a.hbs": other,
        };
        const check = checkPlaybook(playbookFiles(files));
        for (const { message } of check.ok ? check.notes : check.errors) expect(message).not.toMatch(/\n/);
      }),
      { numRuns: depth({ quick: 300, deep: 20_000 }) },
    );
  });

  test("as a pattern, which takes a text or not", () => {
    fc.assert(
      fc.property(
        of("(", ")", "[", "]", "{2}", "{1,", "}", "*", "+", "?", "|", "\\", "^", "$", "-", "a", "\\d"),
        fc.string(),
        (pieces, text) => {
          const reading = readPattern(pieces.join(""));
          expect(typeof (reading.ok ? reading.pattern.matches(text) : false)).toBe("boolean");
        },
      ),
      { numRuns: depth({ quick: 1000, deep: 100_000 }) },
    );
  });

  test("as a line of answers or a form", () => {
    fc.assert(
      fc.property(of("name=", '"', "'", "=", " ", "\n", "\\", "### name\n", "### why\n", "_No response_"), (pieces) => {
        expect(readAnswerText(pieces.join("")).answers.size).toBeLessThan(40);
        expect(readForm(pieces.join(""), ["name", "why"]).answers.size).toBeLessThan(3);
      }),
      { numRuns: depth({ quick: 1000, deep: 100_000 }) },
    );
  });
});

test("a path that is taken has no way out, in whatever it is read", () => {
  fc.assert(
    fc.property(of("..", ".", "/", "\\", ".git", ".GIT", "aux", "a", ":", " ", "\u200D", "ｇ"), (pieces) => {
      const path = pieces.join("");
      if (pathProblem(path) !== null) return;
      expect(new URL(path.replace(/[#%]/g, "x"), "file:///repository/").pathname).toMatch(/^\/repository\/[^/]/);
      expect(path.normalize("NFKC").toLowerCase().split("/")).not.toContain(".git");
      expect(pathClashes([path, path])).toHaveLength(1);
    }),
    { numRuns: depth({ quick: 2000, deep: 200_000 }) },
  );
});
