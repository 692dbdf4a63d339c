import { expect, test } from "vitest";
import { escapeMarkdown, markdownCode } from "../../src/render/escape-markdown.ts";

/** What is not seen, shown. */
function visible(text: string): string {
  return text.replaceAll("\u2060", "¦");
}

test.each([
  ["a mention", "@ada", "@¦ada"],
  ["a reference", "#1 acme/tides#2 GH-3", "#¦1 acme/tides#¦2 GH¦-3"],
  ["an emoji's name", ":tada: :white_check_mark:", ":¦tada: :¦white\\_check\\_mark:"],
  ["a commit", "deadbeef1234567 abcdef1 abcdef", "deadbe¦ef1234¦567 abcdef¦1 abcdef"],
  [
    "a bare link",
    "http://example.com Www.example.com ftp://example.com",
    "http¦://example.com Www¦.example.com ftp¦://example.com",
  ],
  ["a link", "[x](https://example.com)", "\\[x\\](https¦://example.com)"],
  ["HTML and entities", "<b>&lt;", "\\<b\\>\\&¦lt;"],
  ["the bars of a table", "a|b", "a\\|b"],
  ["code and mathematics", "`a` $b$", "\\`a\\` \\$b\\$"],
  ["line breaks and marks of direction", "a\nb\u202Ec", "a b c"],
])("%s does nothing in Markdown", (_, text, escaped) => {
  expect(visible(escapeMarkdown(text))).toBe(escaped);
});

test("an address as code can be copied, and stays in its cell", () => {
  expect(markdownCode("ada@example.com")).toBe("`ada@example.com`");
  expect(markdownCode("`a`|b\n")).toBe("`'a'\\|b `");
});
