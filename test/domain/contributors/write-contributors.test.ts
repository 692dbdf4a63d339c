import { describe, expect, test } from "vitest";
import { findContributors, writeContributors } from "../../../src/domain/contributors/write-contributors.ts";

const words = { list: "- Ada Example – author\n", beginning: "# Contributors\n\nThank you.\n" };
function naming(...names: string[]): typeof words {
  return { ...words, list: names.map((name) => `- ${name} – author\n`).join("") };
}

const open = "<!-- curtain-call:contributors -->";
const close = "<!-- /curtain-call:contributors -->";
const section = `${open}\n- Ada Example – author\n${close}`;

describe("where the list goes", () => {
  test.each([
    ["into a new file, with a title", null, `# Contributors\n\nThank you.\n\n${section}\n`],
    ["to the end of a file without markers", "# Us\n", `# Us\n\n${section}\n`],
    ["alone into an empty file", "", `${section}\n`],
    ["between the markers", `a\n${open}\n- Joan Figure – tester\n${close}\nb`, `a\n${section}\nb`],
    [
      "not between those of the acknowledgements",
      "<!-- curtain-call:acknowledgements -->\n<!-- /curtain-call:acknowledgements -->",
      `<!-- curtain-call:acknowledgements -->\n<!-- /curtain-call:acknowledgements -->\n\n${section}`,
    ],
    [
      "not between markers in code",
      `\`\`\`\n${open}\n${close}\n\`\`\`\n`,
      `\`\`\`\n${open}\n${close}\n\`\`\`\n\n${section}\n`,
    ],
    ["with the file's own line ends", `a\r\n${open}\r\n${close}\r\n`, `a\r\n${section.replaceAll("\n", "\r\n")}\r\n`],
  ])("%s", (_, before, after) => {
    expect(writeContributors(before, words).text).toBe(after);
    expect(writeContributors(after, words)).toMatchObject({ text: after, outcome: "unchanged" });
  });
});

test("what is between the markers is replaced without a word about who wrote it", () => {
  const before = `${open}\nour own list\n${close}\n`;
  expect(writeContributors(before, words)).toEqual({ text: `${section}\n`, outcome: "replaced", wasEdited: false });
});

test.each([
  ["frozen", `${open}\n<!-- curtain-call:keep -->\n- Us\n${close}\n`],
  ["unplaced", "```\nnever closed\n"],
] as const)("a file is left alone where it is %s", (outcome, text) => {
  expect(writeContributors(text, words)).toMatchObject({ text, outcome });
});

test("two branches that add different people change different lines", () => {
  const base = writeContributors(null, naming("Grace Sample", "Joan Figure")).text.split("\n");
  const one = writeContributors(null, naming("Ada Example", "Grace Sample", "Joan Figure")).text.split("\n");
  const other = writeContributors(null, naming("Grace Sample", "Joan Figure", "Mary Model")).text.split("\n");
  expect(one.filter((line) => !base.includes(line))).toEqual(["- Ada Example – author"]);
  expect(other.filter((line) => !base.includes(line))).toEqual(["- Mary Model – author"]);
});

test.each([
  ["what stands between the markers", `a\n${open}\r\n- Ada\r\n- Joan\r\n${close}`, "- Ada\n- Joan"],
  ["nothing without markers", "# Us\n", null],
] as const)("the list that a file has is %s", (_, text, expected) => {
  expect(findContributors(text)).toBe(expected);
});
