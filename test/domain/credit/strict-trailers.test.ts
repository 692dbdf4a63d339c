import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseStrictTrailers } from "../../../src/domain/credit/strict-trailers.ts";
import { commitMessage } from "../../support/arbitraries.ts";
import { depth } from "../../support/depth.ts";
import { git, makeRepository } from "../../support/repository.ts";

describe("the strict parse", () => {
  const cases: { what: string; message: string; trailers: string[] }[] = [
    { what: "reads the last paragraph", message: "Add a\n\nWhy.\n\nKey: value\n", trailers: ["Key: value"] },
    { what: "never takes the title for trailers", message: "Key: value\n", trailers: [] },
    { what: "wants a blank line before them", message: "Add a\nKey: value\n", trailers: [] },
    {
      what: "lets one line of prose undo a paragraph",
      message: "Add a\n\nprose\nCo-authored-by: A <a@b.c>\n",
      trailers: [],
    },
    {
      what: "takes a quarter of trailers for enough when git wrote one of them",
      message: "Add a\n\nprose\nmore\nsome\nSigned-off-by: A <a@example.com>\n",
      trailers: ["Signed-off-by: A <a@example.com>"],
    },
    {
      what: "takes less than a quarter for too little",
      message: "Add a\n\nprose\nmore\nsome\nthat\nSigned-off-by: A <a@example.com>\n",
      trailers: [],
    },
    {
      what: "does not trust a key that only resembles git's own",
      message: "Add a\n\nprose\nsigned-off-by: A\n",
      trailers: [],
    },
    {
      what: "joins folded lines with a single blank",
      message: "Add a\n\nKey: one\n\t two\n  three\n",
      trailers: ["Key: one two three"],
    },
    { what: "reads past trailing comments", message: "Add a\n\nKey: value\n\n# a comment\n", trailers: ["Key: value"] },
    {
      what: "reads past an old block of conflicts",
      message: "Add a\n\nKey: v\n\nConflicts:\n\ta.c\n",
      trailers: ["Key: v"],
    },
    { what: "reads past conflicts right below", message: "Add a\n\nKey: v\nConflicts:\n\ta.c\n", trailers: ["Key: v"] },
    {
      what: "reads nothing below scissors at the very start",
      message: "# ------------------------ >8 ------------------------\n\nKey: v\n",
      trailers: [],
    },
    {
      what: "counts what continues prose for prose",
      message: "Add a\n\nprose\n one\n two\n three\nSigned-off-by: A <a@example.com>\n",
      trailers: [],
    },
    {
      what: "stops at the scissors",
      message: "Add a\n\nKey: v\n# ------------------------ >8 ------------------------\nOther: w\n",
      trailers: ["Key: v"],
    },
    { what: "reads lines that end in CR LF", message: "Add a\r\n\r\nKey: v\r\n", trailers: ["Key: v"] },
    {
      what: "takes an address on the web for a trailer, as git does",
      message: "Add a\n\nhttps://example.com\n",
      trailers: ["https: //example.com"],
    },
    { what: "allows blanks before the colon", message: "Add a\n\nKey \t: v\n", trailers: ["Key: v"] },
    { what: "wants the key at column 0", message: "Add a\n\n Key: v\n", trailers: [] },
    {
      what: "misses what GitHub's line of dashes hides",
      message: "Add a (#1)\n\n* b\n\nKey: v\n\n---------\n\nCo: w\n",
      trailers: ["Co: w"],
    },
    { what: "finds nothing in an empty message", message: "", trailers: [] },
  ];
  test.each(cases)("$what", ({ message, trailers }) => {
    expect(parseStrictTrailers(message).map(({ key, value }) => `${key}: ${value}`)).toEqual(trailers);
  });

  test("keeps the value as it stands beside the unfolded one, and the line it is on", () => {
    expect(parseStrictTrailers("Add a\n\nKey: one\n two\n")).toEqual([
      { key: "Key", value: "one two", text: "one\n two", line: 2 },
    ]);
  });

  test("reads past any number of blank lines before the title", () => {
    expect(parseStrictTrailers(`${" \n".repeat(5_000_000)}Add a\n\nKey: v\n`)).toMatchObject([{ line: 5_000_002 }]);
  });

  test("takes linear time for a megabyte of blanks", () => {
    const blanks = " ".repeat(1 << 20);
    expect(parseStrictTrailers(`Add a\n\nKey: a${blanks}b${blanks}\n`)).toHaveLength(1);
  });

  test("knows the keys and separators that the configuration names", () => {
    const grammar = { commentPrefix: ";", separators: ":=", configured: [{ name: "helped", key: "Helped-by" }] };
    expect(parseStrictTrailers("Add a\n\nprose\nhel= A <a@example.com>\n; comment\n", grammar)).toEqual([
      { key: "Helped-by", value: "A <a@example.com>", text: "A <a@example.com>", line: 3 },
    ]);
  });

  test("takes any beginning of a configured name for it, whatever dashes follow", () => {
    const grammar = { commentPrefix: "#", separators: ":", configured: [{ name: "Helped", key: "Helped-by" }] };
    expect(parseStrictTrailers("Add a\n\nhel--: A\n", grammar)).toMatchObject([{ key: "Helped-by", value: "A" }]);
  });

  test("equals git's own, for any message", () => {
    fc.assert(
      fc.property(fc.array(commitMessage, { minLength: 100, maxLength: 100 }), (messages) => {
        const folder = makeRepository(messages.map((message) => ({ message })));
        const format = "--format=%B%x00%(trailers:only,unfold)%x00%(trailers)%x00%x00";
        const records = git(folder, ["log", "--reverse", format]).split("\0\0\n").slice(0, -1);
        expect(records).toHaveLength(messages.length);
        for (const record of records) {
          const [message = "", trailers = "", block = ""] = record.split("\0");
          const ours = parseStrictTrailers(message);
          expect(ours.map(({ key, value }) => `${key}: ${value}\n`).join("")).toBe(trailers);
          for (const { text } of ours) expect(block).toContain(text);
        }
      }),
      { numRuns: depth({ quick: 4, deep: 200 }) },
    );
  });
});
