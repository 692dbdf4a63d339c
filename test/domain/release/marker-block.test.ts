import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findSection } from "../../../src/domain/release/find-section.ts";
import { type WrittenSection, writeSection } from "../../../src/domain/release/marker-block.ts";

const section = { range: "v1.0..v1.1", text: "## Thank you\n\nAda Example.\n" };
const open = "<!-- curtain-call:acknowledgements -->";
const close = "<!-- /curtain-call:acknowledgements -->";
const written = writeSection("", section).text.trimEnd();

test("a section has its range and the hash of its words in the opening marker", () => {
  expect(written).toMatchInlineSnapshot(`
    "<!-- curtain-call:acknowledgements v1.0..v1.1 a9675d8449859dec -->
    ## Thank you

    Ada Example.
    <!-- /curtain-call:acknowledgements -->"
  `);
});

describe("where it goes", () => {
  test.each([
    ["an empty text", "", `${written}\n`],
    ["the end", "# Notes\n", `# Notes\n\n${written}\n`],
    ["the end of a text without a last line's end", "# Notes", `# Notes\n\n${written}`],
    ["behind an empty line that is there", "# Notes\n\n", `# Notes\n\n${written}\n`],
    ["the place of a pair", `a\n${open}\n${close}\nb\n`, `a\n${written}\nb\n`],
    ["the place of the first of two pairs", `${open}\n${close}\n${open}\n${close}`, `${written}\n${open}\n${close}`],
    ["the end, where the pair is not closed", `${open}\na\n`, `${open}\na\n\n${written}\n`],
    ["the end, where the pair was never opened", `${close}\na\n`, `${close}\na\n\n${written}\n`],
    ["the inner one of two", `${open}\n${open}\n${close}\n${close}`, `${open}\n${written}\n${close}`],
    ["no pair in code", `\`\`\`\n${open}\n${close}\n\`\`\`\n`, `\`\`\`\n${open}\n${close}\n\`\`\`\n\n${written}\n`],
    [
      "no pair in code that a shorter fence does not end",
      `~~~~md\n~~~\n${open}\n${close}\n~~~~`,
      `~~~~md\n~~~\n${open}\n${close}\n~~~~\n\n${written}`,
    ],
    [
      "behind code in a list",
      `- \`\`\`js\n  a\n  \`\`\`\n${open}\n${close}\n`,
      `- \`\`\`js\n  a\n  \`\`\`\n${written}\n`,
    ],
    [
      "no pair in code that a quoted fence does not end",
      `\`\`\`\n> \`\`\`\n${open}\n${close}\n\`\`\`\n`,
      `\`\`\`\n> \`\`\`\n${open}\n${close}\n\`\`\`\n\n${written}\n`,
    ],
    ["behind a quote that ends its code", `> ~~~\n> a\n${open}\n${close}\n`, `> ~~~\n> a\n${written}\n`],
    ["behind a list that ends its code", `1. ~~~\n   a\n\n${open}\n${close}\n`, `1. ~~~\n   a\n\n${written}\n`],
    ["no markers within a line", `see ${open}\n${close} there`, `see ${open}\n${close} there\n\n${written}`],
    ["no indented or quoted markers", `    ${open}\n> ${close}\n`, `    ${open}\n> ${close}\n\n${written}\n`],
    ["lines as they end", `a\r\n${open}\r\n${close}\r\nb`, `a\r\n${written.replaceAll("\n", "\r\n")}\r\nb`],
    ["lines as they end, at the end", "a\r\n", `a\r\n\r\n${written.replaceAll("\n", "\r\n")}\r\n`],
  ])("%s", (_, before, after) => {
    expect(writeSection(before, section).text).toBe(after);
  });
});

describe("what becomes of it", () => {
  const edited = written.replace("Ada", "Our Ada");
  test.each([
    ["the same words again", written, "unchanged", false],
    ["the same words, with other ends of lines", written.replaceAll("\n", "\r\n"), "unchanged", false],
    ["an older range", written.replace("v1.0..", "v0.9.."), "replaced", false],
    ["a pair that waits for us", `${open}\n${close}`, "replaced", false],
    ["words of somebody's within a pair of theirs", `${open}\nWe.\n${close}`, "replaced", true],
    ["words that somebody changed", edited, "replaced", true],
    ["words to keep", edited.replace("Our", "<!-- curtain-call:keep -->\nOur"), "frozen", true],
    ["a word to keep elsewhere", `<!-- curtain-call:keep -->\n${written}`, "unchanged", false],
    ["a text that ends within code", "```\na\n", "unplaced", false],
  ])("%s", (_, text, outcome, wasEdited) => {
    expect(writeSection(text, section)).toMatchObject({ outcome, wasEdited });
    expect(writeSection(text, section).text === text).toBe(outcome !== "replaced");
  });

  test.each([close, open, "<!-- curtain-call:keep -->", "```"])("a section with %j in it is not written", (line) => {
    expect(writeSection("a", { range: "a..b", text: `x\n${line}\ny` })).toMatchObject({
      outcome: "unplaced",
      text: "a",
    });
  });

  test("a range ends no comment, whatever its tags are named", () => {
    const { text } = writeSection("", { range: "a-->..<b>%", text: "x" });
    expect(text).toMatch(/^<!-- curtain-call:acknowledgements a-%2D%3E\.\.%3Cb%3E%25 [\da-f]{16} -->\nx\n/);
  });
});

const pieces = fc.constantFrom(
  open,
  close,
  written,
  "<!-- curtain-call:keep -->",
  "```",
  "~~~~",
  "- ```",
  "> ~~~",
  "    ",
  "> ",
  "\n",
  "\r\n",
  "\r",
  "word",
  "<!--",
  "-->",
);
const texts = fc
  .array(fc.oneof({ weight: 6, arbitrary: pieces }, fc.string({ unit: "binary", maxLength: 5 })), { maxLength: 25 })
  .map((parts) => parts.join(""));
const lines = fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join("\n"));

test("nothing outside the section is touched, and twice is the same as once", () => {
  fc.assert(
    fc.property(fc.oneof(texts, lines), fc.oneof(texts, fc.constant(section.text)), (text, words) => {
      const once = writeSection(text, { range: "a..b", text: words });
      expect(outsideIsKept(text, once)).toBe(true);
      const twice = writeSection(once.text, { range: "a..b", text: words });
      expect(twice.text).toBe(once.text);
      expect(["unchanged", once.outcome]).toContain(twice.outcome);
    }),
    { numRuns: 2000 },
  );
});

function outsideIsKept(text: string, after: WrittenSection): boolean {
  if (after.outcome === "added") return after.text.startsWith(text);
  if (after.outcome !== "replaced") return after.text === text;
  const { start = 0, end = 0 } = findSection(text) ?? {};
  const isPair = text.startsWith("<!-- curtain-call:ack", start) && text.slice(0, end).endsWith(close);
  return isPair && after.text.startsWith(text.slice(0, start)) && after.text.endsWith(text.slice(end));
}
