import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPattern } from "../../../src/domain/playbook/match-pattern.ts";

function matches(source: string, text: string): boolean {
  const reading = readPattern(source);
  if (!reading.ok) throw new Error(reading.message);
  return reading.pattern.matches(text);
}

const patterns = [
  "^[a-z][a-z0-9-]{1,38}$",
  "a|b|cd",
  "(?:ab)*c?",
  "(a+)+",
  "(a|a)*b",
  "[^a-c]+",
  "a{2}b{1,}c{0,2}",
  "\\d+\\.\\d*",
  "\\w\\s\\S\\W\\D",
  "[\\d.-]+",
  "\\p{L}+\\$",
  ".*x.*",
  "",
  "(a(b(c)?)?)?",
  "[a-]b",
];

describe("a pattern says what JavaScript says of the whole text", () => {
  test.each(patterns)("%s", (source) => {
    const expected = new RegExp(`^(?:${source.replace(/^\^|(?<!\\)\$$/g, "")})$`, "u");
    const letters = fc.constantFrom("a", "b", "c", "d", "1", "-", ".", " ", "x", "é", "$", "\n", "😀");
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        expect(matches(source, text)).toBe(expected.test(text));
      }),
    );
  });
});

describe("a pattern may not", () => {
  test.each([
    ["look ahead", "(?=a)", "looks around"],
    ["look behind", "(?<=a)b", "looks around"],
    ["name a group", "(?<name>a)", "looks around"],
    ["refer back", "(a)\\1", "has \\1"],
    ["look for the edge of a word", "\\ba", "has \\b"],
    ["repeat a repetition", "a**", "repeats a repetition"],
    ["be lazy", "a+?", "repeats a repetition"],
    ["repeat ten thousand times", "a{1001}", "repetition that cannot be"],
    ["repeat backwards", "a{3,1}", "repetition that cannot be"],
    ["repeat itself to any size", "((a{1000}){1000}){1000}", "repeats too much"],
    ["leave a group open", "(a", "does not close"],
    ["close what is not open", "a)", "was not opened"],
    ["leave a class open", "[a", "does not close"],
    ["have an empty class", "[]", "empty [ ]"],
    ["have a range backwards", "[z-a]", "smaller one comes first"],
    ["begin in its middle", "a^b", "says nothing"],
    ["end in its middle", "a$b", "says nothing"],
    ["nest deeper than anybody reads", "(".repeat(50), "more than 10 deep"],
    ["end in a backslash", "a\\", "which is not known here"],
  ])("%s", (_, source, message) => {
    expect(readPattern(source)).toMatchObject({ ok: false, message: expect.stringContaining(message) });
  });
});

test("a pattern that would keep a regular expression busy for ever is matched at once", () => {
  expect(matches("(a+)+b", "a".repeat(10_000))).toBe(false);
  expect(matches("(((){1000}){1000}){1000}", "")).toBe(true);
  expect(matches("(a|a)*(a|a)*(a|aa)*c", "a".repeat(10_000))).toBe(false);
});

test.each([
  ["^[a-z][a-z0-9-]{1,38}$", true],
  ["v\\d+\\.\\d+", true],
  ["[A-Z]+|[a-z_]+", true],
  ["[a-z ]+", false],
  ["[^:]+", false],
  [".*", false],
  ["[!-z]+", false],
  ["[A-z]+", false],
  ["\\p{L}+", false],
  ["a@b", false],
])("whether %s takes nothing but tame texts is known: %s", (source, isTame) => {
  expect(readPattern(source)).toMatchObject({ ok: true, pattern: { isTame } });
});
