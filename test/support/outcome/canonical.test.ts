import { expect, test } from "vitest";
import { canonical } from "./canonical.ts";

const sha = "4f2a91c0".padEnd(40, "7");
const other = "1234567".padEnd(40, "e");
const outcome = [
  { comment: `Merged as ${sha.slice(0, 7)}, see #issuecomment-100200` },
  { table: "credits", subject: sha, account_id: 100300, counted_at: new Date("2026-03-01T12:00:00Z") },
  { table: "credits", subject: other, account_id: 100300, counted_at: null },
  { comment: `Seen ${other.slice(0, 7)}` },
];

/** The same, had it come about otherwise: with other ids, at other times, in another order. */
const again = [
  { comment: `Seen abcdef1` },
  { table: "credits", subject: "9999999".padEnd(40, "0"), account_id: 555555, counted_at: "2027-01-01T00:00:00.123Z" },
  { comment: "Merged as 9999999, see #issuecomment-777777" },
  { table: "credits", subject: "abcdef1".padEnd(40, "2"), account_id: 555555, counted_at: null },
];

test("outcomes that differ in ids, object ids, moments and order alone are equal", () => {
  expect(canonical(again)).toEqual(canonical(outcome));
  expect(canonical(outcome).join("\n")).not.toMatch(/4f2a91c|100200|100300|2026/);
});

test("a file's mode is not taken for the id of something that has the same digits", () => {
  const file = { repository: "tides", file: "README.md", mode: "100644" };
  const comment = { repository: "tides", number: 1, comment: 100644 };
  expect(canonical([file, comment])).toEqual(canonical([file, { ...comment, comment: 100645 }]));
  expect(canonical([file])).not.toEqual(canonical([{ ...file, mode: "100755" }]));
});

test.each([
  ["a comment is there twice", [...outcome, outcome[0] ?? {}]],
  ["a comment is missing", outcome.slice(1)],
  ["a comment says something else", [{ comment: "Merged" }, ...outcome.slice(1)]],
  ["a comment names another commit", [...outcome.slice(0, 3), { comment: `Seen ${sha.slice(0, 7)}` }]],
  [
    "a credit is somebody else's",
    outcome.map((one) => ("subject" in one ? { ...one, account_id: one.subject === sha ? 100300 : 100400 } : one)),
  ],
  ["a credit does not count yet", outcome.map((one) => ("counted_at" in one ? { ...one, counted_at: null } : one))],
])("where %s they are not", (_, changed) => {
  expect(canonical(changed)).not.toEqual(canonical(outcome));
});
