import { describe, expect, test } from "vitest";
import { commitsInForce, isRevert } from "../../../src/domain/release/commits-in-force.ts";
import { originalsOf, portedCommit, portedPulls } from "../../../src/domain/release/ported-commit.ts";
import { pullOf } from "../../../src/domain/release/pull-of.ts";

const ada = { name: "Ada Example", address: "ada@example.com" };
const grace = { name: "Grace Sample", address: "grace@example.org" };
const joan = { name: "Joan Figure", address: "joan@example.org" };

const idOf = (letter: string): string => letter.repeat(40);
const plain = (letter: string) => ({ id: idOf(letter), author: ada, message: `Change ${letter}\n` });
const revert = (letter: string, reverted: string, title = 'Revert "Change"') => ({
  id: idOf(letter),
  author: grace,
  message: `${title}\n\nThis reverts commit ${reverted}.\n`,
});

describe("what is in force", () => {
  test.each([
    ["all, where nothing is reverted", [plain("b"), plain("a")], "ba"],
    ["neither what is reverted nor its revert", [revert("c", idOf("a")), plain("b"), plain("a")], "b"],
    ["a revert of what was there before the range", [revert("c", idOf("f")), plain("a")], "ca"],
    ["work whose revert was reverted", [revert("c", idOf("b")), revert("b", idOf("a")), plain("a")], "a"],
    [
      "nothing, where that was reverted too",
      [revert("d", idOf("c")), revert("c", idOf("b")), revert("b", idOf("a")), plain("a")],
      "",
    ],
    ["what is reverted by a short id", [revert("c", "aaaaaaaa"), plain("b"), plain("a")], "b"],
    ["a commit that takes something back among other things", [revert("c", idOf("a"), "Add tides"), plain("a")], "c"],
    ["a commit that says to revert itself", [revert("a", idOf("a"))], "a"],
    [
      "what a short id names twice",
      [revert("c", "aaaaaaa"), plain("a"), { ...plain("b"), id: `${"a".repeat(39)}b` }],
      "cab",
    ],
    [
      "what a sentence speaks of",
      [{ ...plain("b"), message: `Revert?\n\nNo: "This reverts commit ${idOf("a")}."\n` }, plain("a")],
      "ba",
    ],
  ])("%s", (_, commits, left) => {
    expect(commitsInForce(commits).map(({ id }) => id.at(-1))).toEqual(Array.from(left));
  });
});

const squash = (letter: string, number: number, body = "", title = "Add tides") => ({
  id: idOf(letter),
  author: ada,
  message: `${title} (#${number})${body && `\n\n${body}`}\n`,
});
const unmade = (letter: string, number: number, reverted: number | string) =>
  squash(letter, number, `Reverts acme/tides#${reverted}`, 'Revert "Add tides"');

describe("what is in force by the numbers of pull requests", () => {
  test.each([
    ["neither what is reverted nor its revert", [unmade("c", 13, 12), plain("b"), squash("a", 12)], "b"],
    ["nor in a list, by a number alone", [squash("c", 13, "* Reverts #12\r\n* x", "Revert it"), squash("a", 12)], ""],
    ["work whose revert was reverted", [unmade("c", 14, 13), unmade("b", 13, 12), squash("a", 12)], "a"],
    ["a revert of what was there before the range", [unmade("c", 13, 7), squash("a", 12)], "ca"],
    ["what was picked again after its revert", [squash("c", 12), unmade("b", 13, 12), squash("a", 12)], "c"],
    ["what came later than what says to revert it", [squash("b", 12), unmade("a", 13, 12)], "ba"],
    [
      "what both an id and a number name, once",
      [
        squash("d", 13, `Reverts #12\n\nThis reverts commit ${idOf("b")}.`, "Revert it"),
        squash("b", 12),
        squash("a", 12),
      ],
      "a",
    ],
    ["a commit that takes something back among other things", [squash("c", 13, "Reverts #12"), squash("a", 12)], "c"],
    ["what a sentence speaks of", [squash("c", 13, "It never reverts #12", "Revert?"), squash("a", 12)], "ca"],
    ["what another message says", [squash("c", 13, "x\n\n    Reverts #12", "Revert?"), squash("a", 12)], "ca"],
    ["what a quote says", [squash("c", 13, "> Reverts #12", "Revert?"), squash("a", 12)], "ca"],
    ["an issue of that number", [unmade("c", 13, 12), squash("a", 11, "Fixes #12")], "ca"],
  ])("%s", (_, commits, left) => {
    expect(commitsInForce(commits).map(({ id }) => id.at(-1))).toEqual(Array.from(left));
  });
});

/** Ancestry as in `c:ab b:a a`; what is no key is outside the range. */
function ancestryOf(text: string): Map<string, string[]> {
  return new Map(
    text.split(" ").map((one) => {
      const [commit = "", parents = ""] = one.split(":");
      return [idOf(commit), Array.from(parents, idOf)];
    }),
  );
}

const merge = (letter: string, number: number, body = "", branch = "topic") => ({
  id: idOf(letter),
  author: grace,
  message: `Merge pull request #${number} from acme/${branch}${body && `\n\n${body}`}\n`,
});
const unmerged = (letter: string, reverted: string, mainline: string) => ({
  id: idOf(letter),
  author: grace,
  message: `Revert "Add tides"\n\nThis reverts commit ${idOf(reverted)}, reversing\nchanges made to ${idOf(mainline)}.\n`,
});

describe("what is in force where merges are reverted", () => {
  // d merges b and c into a; x is before the range.
  const merged = [merge("d", 12), plain("c"), plain("b"), plain("a")];
  const tree = "d:ac c:b b:x a:x";
  test.each([
    ["nothing that the merge brought", [unmerged("e", "d", "a"), ...merged], `e:d ${tree}`, "a"],
    ["nor where it leads back is not said", [revert("e", idOf("d")), ...merged], `e:d ${tree}`, "a"],
    [
      "the line of the other parent, where that was taken back",
      [unmerged("e", "d", "c"), ...merged],
      `e:d ${tree}`,
      "cb",
    ],
    ["what no parent is, is passed over", [unmerged("e", "d", "9"), ...merged], `e:d ${tree}`, "a"],
    ["all that can be known without ancestry", [unmerged("e", "d", "a"), ...merged], "", "cba"],
    [
      "all of it, where the revert was reverted",
      [revert("f", idOf("e")), unmerged("e", "d", "a"), ...merged],
      `f:e e:d ${tree}`,
      "dcba",
    ],
    [
      "nothing of a pull request that another one reverts, nor of that one",
      [merge("f", 13, "Reverts acme/tides#12", "revert-12-topic"), unmerged("e", "d", "a"), ...merged],
      `f:de e:d ${tree}`,
      "a",
    ],
    [
      "nor where only the number tells",
      [merge("f", 13, "Reverts acme/tides#12", "revert-12-topic"), plain("e"), ...merged],
      `f:de e:d ${tree}`,
      "ea",
    ],
    [
      "what came to both lines before the merge",
      [unmerged("g", "f", "e"), merge("f", 13), plain("e"), ...merged],
      `g:f f:ed e:b ${tree}`,
      "eb",
    ],
    [
      "no merge that brought only what was reverted",
      [revert("e", idOf("c")), merge("d", 12), plain("c"), plain("a")],
      "e:d d:ac c:a a:x",
      "a",
    ],
    ["a merge that brought more", [revert("e", idOf("c")), ...merged], `e:d ${tree}`, "dba"],
  ])("%s", (_, commits, ancestry, left) => {
    const known = ancestry === "" ? new Map() : ancestryOf(ancestry);
    expect(commitsInForce(commits, known).map(({ id }) => id.at(-1))).toEqual(Array.from(left));
  });

  test("ancestry is of use only where something is reverted", () => {
    expect([unmerged("e", "d", "a"), unmade("c", 13, 12), revert("c", idOf("a"))].every(isRevert)).toBe(true);
    expect([plain("a"), squash("a", 12), merge("d", 12)].some(isRevert)).toBe(false);
  });
});

test.each([
  ["Add tides (#12)\n", 12],
  ["\nAdd tides (#11) (#12) \n", 12],
  ["Merge pull request #12 from acme/topic\n\nAdd (#13)\n", 12],
  ["Add tides\n\n(#12)\n", null],
  ["Add (#12) tides\n", null],
])("the number in %j is %j", (message, number) => {
  expect(pullOf({ message })).toBe(number);
});

describe("a port", () => {
  const port = { id: idOf("c"), author: ada, message: `Add\n\n(cherry picked from commit ${idOf("a")})\n` };

  test("says what it was picked from, the first of all in front", () => {
    const twice = { ...port, message: `${port.message}(cherry picked from commit ${idOf("b")})\r\n` };
    expect(originalsOf(twice)).toEqual([idOf("a"), idOf("b")]);
    expect(originalsOf({ ...port, message: "Add\n\n> (cherry picked from commit abc)\n" })).toEqual([]);
  });

  test.each([
    ["Add\n\nBackport of #12\n", [12]],
    ["Add (#20)\n\nCounts.\n\n* Backports #12, #13.\n", [12, 13]],
    ["Backport #12 to 1.x (#20)\n", [12]],
    ["Backport of #20 (#20)\n", []],
    ["Add\n\nBackport of other/tides#12\n", []],
    ["Add\n\nBackport #12 once it is in.\n", []],
  ])("says in %j that it ports %j", (message, numbers) => {
    expect(portedPulls({ ...port, message })).toEqual(numbers);
  });

  test.each([
    ["whoever committed it brought it", ada, grace, grace],
    ["whoever made themselves its author brought it", joan, grace, ada],
    ["a web site brings nothing", ada, { name: "GitHub", address: "noreply@github.com" }, null],
  ])("%s", (_, author, committer, porter) => {
    const original = { id: idOf("a"), author, message: "Add\n" };
    expect(portedCommit(port, { original, committer })).toEqual({ commit: { ...port, id: idOf("a"), author }, porter });
  });
});
