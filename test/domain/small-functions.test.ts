import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareByCodePoint } from "../../src/domain/compare-by-code-point.ts";
import { hideAddresses } from "../../src/domain/credit/hide-addresses.ts";
import { parseNoreplyAddress } from "../../src/domain/credit/identity.ts";
import { describeError } from "../../src/domain/describe-error.ts";
import { nearest } from "../../src/domain/nearest.ts";
import { depth } from "../support/depth.ts";

test("texts are ordered as their UTF-8 bytes are", () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom("a", "b", "\uFB00", "😀", "😁"), fc.string({ unit: "binary" })),
  });
  fc.assert(
    fc.property(text, text, (left, right) => {
      expect(Math.sign(compareByCodePoint(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
    }),
    { numRuns: depth({ quick: 1000, deep: 20_000 }) },
  );
});

describe("hiding addresses", () => {
  test.each([
    ["Ada Example <ada@example.com>", "Ada Example <hidden>"],
    ["ada@example.com", "<hidden>"],
    ["Ada <ada@example.com>>, Grace <grace@example.org", "Ada <hidden>>, Grace <hidden>"],
    ["ada＠example.com", "<hidden>"],
    ["Ada <root>", "Ada <hidden>"],
    ["(ada@example.com)", "<hidden>"],
    ["Ada Example", "Ada Example"],
    ["@ada", "@ada"],
    ["Ada @ Example", "Ada @ Example"],
    ["Ada ada @example.com", "Ada <hidden> <hidden>"],
    ["Ada ada@\n example.com", "Ada <hidden>\n <hidden>"],
    ["Ada ada\u00A0@ example.com", "Ada <hidden>\u00A0<hidden> <hidden>"],
    ['Ada "ada e"@example.com', "Ada <hidden>"],
    ["Ada <ada @example.com", "Ada <hidden> <hidden>"],
    ["a < b and b > a", "a <hidden> a"],
  ])("turns %s into %s", (text, hidden) => {
    expect(hideAddresses(text)).toBe(hidden);
  });

  test("takes linear time for a megabyte of anything", () => {
    for (const text of ["a".repeat(1 << 20), "<".repeat(1 << 20), "<a".repeat(1 << 19), '"'.repeat(1 << 20)]) {
      expect(hideAddresses(text)).toBe(text);
    }
    expect(hideAddresses("@".repeat(1 << 20))).toHaveLength(1 << 20);
    expect(hideAddresses("a@ ".repeat(1 << 18))).not.toContain("@");
  });
});

test.each([
  ["101+ada@users.noreply.github.com", { id: 101, login: "ada" }],
  ["Ada@Users.Noreply.GitHub.com", { id: null, login: "Ada" }],
  ["49699333+dependabot[bot]@users.noreply.github.com", { id: 49699333, login: "dependabot[bot]" }],
  ["ada@users.noreply.github.com.example.com", null],
  ["ada@example.com", null],
])("of %s GitHub tells %j", (address, account) => {
  expect(parseNoreplyAddress(address)).toEqual(account);
});

test.each([
  ["mentr", "mentor"],
  ["Reviewers", "reviewer"],
  ["coauthor", "co-author"],
  ["x", null],
])("whoever writes %s means %j", (word, meant) => {
  expect(nearest(word, ["author", "co-author", "reviewer", "mentor"])).toBe(meant);
});

test.each([
  [new TypeError("what Ada wrote"), { error: "TypeError" }],
  [Object.assign(new Error("what Ada wrote"), { code: "ECONNREFUSED" }), { error: "Error", code: "ECONNREFUSED" }],
  [Object.assign(new Error("what Ada wrote"), { status: 502 }), { error: "Error", code: 502 }],
  [Object.assign(new Error("what Ada wrote"), { code: "what Ada wrote" }), { error: "Error" }],
  ["what Ada wrote", { error: "Error" }],
])("of %s the log says the kind and a code", (error, fields) => {
  expect(describeError(error)).toEqual(fields);
});
