import { describe, expect, test } from "vitest";
import { commitsInForce } from "../../../src/domain/release/commits-in-force.ts";
import { originalsOf, portedCommit } from "../../../src/domain/release/ported-commit.ts";

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

describe("a port", () => {
  const port = { id: idOf("c"), author: ada, message: `Add\n\n(cherry picked from commit ${idOf("a")})\n` };

  test("says what it was picked from, the first of all in front", () => {
    const twice = { ...port, message: `${port.message}(cherry picked from commit ${idOf("b")})\r\n` };
    expect(originalsOf(twice)).toEqual([idOf("a"), idOf("b")]);
    expect(originalsOf({ ...port, message: "Add\n\n> (cherry picked from commit abc)\n" })).toEqual([]);
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
