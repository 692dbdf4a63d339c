import { describe, expect, test } from "vitest";
import { readPullRequestRelations } from "../../../src/domain/credit/pull-request-relations.ts";

const url = "https://github.com/Acme/tides";
const repository = { owner: "Acme", name: "tides", url };

/** As in `s12 b3 r4`: what is superseded, ported and reverted. */
function said(body: string, title = "Count the tides"): string {
  const { supersedes, backportOf, reverts } = readPullRequestRelations({ number: 20, title, body, repository });
  const told = [
    supersedes.map((one) => `s${one}`),
    backportOf.map((one) => `b${one}`),
    reverts.map((one) => `r${one}`),
  ];
  return told.flat().join(" ");
}

describe("what counts", () => {
  test.each([
    ["Supersedes #12", "s12"],
    ["supersedes: #12.", "s12"],
    ["This PR supersedes #12, and adds a test.", "s12"],
    ["Takes over #12", "s12"],
    ["Takes over from #12.", "s12"],
    ["Replaces #12", "s12"],
    ["Continues #12", "s12"],
    ["Continues the work in #12.", "s12"],
    ["CONTINUES PR #12", "s12"],
    ["Supersedes GH-12", "s12"],
    ["Supersedes acme/Tides#12", "s12"],
    [`Supersedes ${url}/pull/12`, "s12"],
    [`Supersedes ${url}/pull/12/files#diff-1.`, "s12"],
    [`Supersedes <${url}/pull/12>.`, "s12"],
    [`Supersedes [the first try](${url}/pull/12)`, "s12"],
    ["**Supersedes** #12", "s12"],
    ["Supersedes #14, #12 and #13.", "s12 s13 s14"],
    ["Supersedes #12, and #13 & #12", "s12 s13"],
    ["The clocks change.\r\nSupersedes #12\r\n", "s12"],
    ["The clocks change. Supersedes #12. Reverts #4.", "s12 r4"],
    ["- counts days\n- supersedes #12\n  1. reverts #4\n", "s12 r4"],
    ["- [x] Supersedes #12\n- [ ] Reverts #4", "s12"],
    ["Counts days.<br>Supersedes #12", "s12"],
    ["Backport of #12", "b12"],
    ["Backports #12 to `1.x`.", "b12"],
    ["This is an automated backport of pull request #12.", "b12"],
    ["Reverts acme/tides#12", "r12"],
    ["Reverts #12", "r12"],
    ["Supersedes #99", "s99"],
  ])("%j", (body, expected) => {
    expect(said(body)).toBe(expected);
  });

  test.each([
    ["Backport #12 to 1.x", "b12"],
    ["Backport of #12: count days", "b12"],
    ["Reverts #12", "r12"],
    ["Count days. Supersedes #12", "s12"],
    ['Revert "Count days (#12)"', ""],
    ["Count days (#12)", ""],
  ])("in the title %j", (title, expected) => {
    expect(said("", title)).toBe(expected);
  });
});

describe("what does not", () => {
  test.each([
    ["itself", "Supersedes #20"],
    ["nothing", "Supersedes #0"],
    ["no number", "Supersedes the first try, #12"],
    ["another repository", "Supersedes acme/charts#12 and https://github.com/acme/charts/pull/12"],
    ["another host", "Supersedes https://example.com/acme/tides/pull/12"],
    ["within a sentence", "It never supersedes #12, nor does it say: reverts #12"],
    ["a number within a word", "Supersedes #12th and #13-a"],
    ["what belongs to it", "Replaces #12's table"],
    ["a number longer than any", "Supersedes #1234567890"],
    ["code", "`Supersedes #12`\n\n    Supersedes #12\n\n```\nSupersedes #12\n```"],
    ["behind code", "`Vec` supersedes #12 and `x`\n"],
    ["a quote", "> Supersedes #12\n\nNo."],
    ["a quote within a list", "- > Supersedes #12"],
    ["a comment", "<!-- Supersedes #12 -->\n\n<!--\nReverts #12\n-->"],
    ["behind a comment", "It hardly <!-- ever --> supersedes #12"],
    ["HTML", "<details>\n\nReverts #12\n\n- Reverts #13\n\n</details>"],
    ["what is struck out", "~~Supersedes #12~~"],
    ["a heading", "# Supersedes #12"],
    ["a table", "| a |\n|---|\n| Supersedes #12 |"],
    ["a button's label", "[Supersedes #12](https://example.com)"],
    ["an imperative", "Revert #12 if it breaks. Backport #12 once it is in."],
    ["too much markup", `${"[".repeat(60)}\n\nSupersedes #12`],
  ])("%s", (_, body) => {
    expect(said(body)).toBe("");
  });

  test("anything far longer than people write ends soon", () => {
    expect(said(`Supersedes ${"#1 ".repeat(20_000)}`)).toBe("s1");
    expect(said(`Supersedes ${"a/".repeat(30_000)}`)).toBe("");
    expect(said(`${"This is an ".repeat(5_000)}backport of #1`)).toBe("");
  });
});
