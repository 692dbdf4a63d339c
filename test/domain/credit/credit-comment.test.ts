import { describe, expect, test } from "vitest";
import { creditMarker, readCreditMarker } from "../../../src/domain/credit/credit-comment.ts";
import { composeFrom } from "../../support/compose-comment.ts";
import { ada, calendarDays, commit, grace, pullRequest, review } from "../../support/pull-request.ts";

const alone = pullRequest({ commits: [commit("Ada Example <ada@example.com>", "Add a")] });
const ownComment = { id: 1, nodeId: "1", body: "", url: "u" };

describe("there is a comment", () => {
  test.each([
    ["about two people", calendarDays, "auto", true],
    ["not about one who needs nothing", alone, "auto", false],
    ["about one who does", pullRequest({ commits: [commit("Ada <ada@laptop>", "Add a")] }), "auto", true],
    ["where one stands already and has to stay true", { ...alone, ownComment }, "auto", true],
    ["about everything, where it is always wanted", alone, "always", true],
    ["about nothing, where it is never wanted", calendarDays, "never", false],
  ] as const)("%s", (_, facts, comment, expected) => {
    expect(composeFrom(facts, { comment }) !== null).toBe(expected);
  });
});

test("once a pull request is merged or closed, nothing is asked for any more", () => {
  for (const state of ["closed", "merged"] as const) {
    expect(composeFrom({ ...calendarDays, state })).toMatchObject({ warning: null, trailers: { shown: [] } });
  }
});

test("whoever wrote one commit and co-wrote another is an author, with both as evidence", () => {
  const commits = [
    commit("Grace Sample <grace@example.org>", "Add a", { sha: "a".repeat(40) }),
    commit("Ada Example <ada@example.com>", "Add b\n\nCo-authored-by: Grace Sample <grace@example.org>", {
      sha: "b".repeat(40),
    }),
  ];
  const row = composeFrom(pullRequest({ commits }))?.rows.shown[1];
  expect(row).toMatchObject({
    who: { name: "Grace Sample" },
    roles: ["author"],
    evidence: [{ label: "aaaaaaa" }, { label: "bbbbbbb" }],
  });
});

test("more commits, reviews and issues than a table has room for are counted", () => {
  const commits = ["a", "b", "c", "d"].map((letter) =>
    commit("Ada Example <ada@example.com>", "Add", { sha: letter.repeat(40) }),
  );
  const reviews = [review(grace), review(grace, { url: "https://github.com/acme/tides/pull/5#2" })];
  const [first, second] = composeFrom(pullRequest({ commits, reviews }))?.rows.shown ?? [];
  expect(first?.evidence).toMatchObject([
    { kind: "commits", count: 4, url: "https://github.com/acme/tides/pull/5/commits" },
  ]);
  expect(second?.evidence).toMatchObject([{ kind: "review", count: 2 }]);
});

test("only an account can be new", () => {
  const rows = composeFrom(calendarDays, { newcomers: [ada.id] })?.rows.shown ?? [];
  expect(rows.map(({ isNewcomer }) => isNewcomer)).toEqual([true, false, false, false, false]);
});

test("the marker tells whose a comment is, and what it holds", () => {
  expect(readCreditMarker(`${creditMarker}0123abcd -->\n…`)).toBe("0123abcd");
  expect(readCreditMarker(`> ${creditMarker}0123abcd -->`)).toBe(null);
  expect(readCreditMarker(`${creditMarker}@ada -->`)).toBe(null);
});
