import { describe, expect, test } from "vitest";
import {
  commitsNamed,
  type LandedPullRequest,
  type RangeCommit,
  workKey,
  worksOfRange,
} from "../../../src/domain/release/range-works.ts";

const id = (letter: string): string => letter.repeat(40);

/** Commits, the newest first: each letter's first parent is the next one, unless others are given. */
function line(...commits: readonly (readonly [letter: string, message?: string, parents?: string])[]): RangeCommit[] {
  return commits.map(([letter, message = "Work", parents], index) => {
    const next = commits[index + 1]?.[0] ?? "0";
    return { sha: id(letter), message, parents: (parents ?? next).split("").map(id) };
  });
}

function pull(number: number, letter: string, more: Partial<LandedPullRequest> = {}): LandedPullRequest {
  return { number, landedSha: id(letter), landedCommits: 1, backportOf: [], reverts: [], ...more };
}

function told(commits: readonly RangeCommit[], pulls: readonly LandedPullRequest[] = []): string[] {
  return worksOfRange(commits, pulls).map(({ subject, originals }) => {
    const name = workKey(subject).replace(/(.)\1{39}/, "$1");
    const from = originals.map((original) => workKey(original).replace(/(.)\1{39}/, "$1"));
    return from.length === 0 ? name : `${name} from ${from.join(", ")}`;
  });
}

describe("what a range consists of", () => {
  test.each<[name: string, commits: RangeCommit[], pulls: LandedPullRequest[], works: string[]]>([
    ["nothing, of no commits", [], [], []],
    ["each commit, where none came by a pull request", line(["b"], ["a"]), [], ["commit b", "commit a"]],
    ["a squash as its pull request", line(["b"], ["a"]), [pull(12, "b")], ["pull request 12", "commit a"]],
    [
      "a merge as its pull request, and nothing that it brought",
      line(["d", "Merge", "ab"], ["b", "Topic", "a"], ["a"]),
      [pull(12, "d")],
      ["pull request 12", "commit a"],
    ],
    [
      "a rebase as its pull request",
      line(["c"], ["b"], ["a"]),
      [pull(12, "c", { landedCommits: 2 })],
      ["pull request 12", "commit a"],
    ],
    ["a pull request that landed elsewhere not at all", line(["a"]), [pull(12, "e")], ["commit a"]],
    [
      "neither a commit nor its revert",
      line(["c"], ["b", `Revert "Work"\n\nThis reverts commit ${id("a")}.`], ["a"]),
      [],
      ["commit c"],
    ],
    [
      "a commit whose revert was reverted",
      line(
        ["c", `Revert "Revert"\n\nThis reverts commit ${id("b")}.`],
        ["b", `Revert "Work"\n\nThis reverts commit ${id("a")}.`],
        ["a"],
      ),
      [],
      ["commit a"],
    ],
    [
      "the revert, of what is older than the range",
      line(["b", `Revert "Work"\n\nThis reverts commit ${id("f")}.`]),
      [],
      ["commit b"],
    ],
    [
      "neither a pull request nor the one that reverts it",
      line(["c"], ["b", 'Revert "Tides" (#13)'], ["a", "Tides (#12)"]),
      [pull(12, "a"), pull(13, "b", { reverts: [12] })],
      ["commit c"],
    ],
    [
      "a pull request that a commit reverts by the id of what landed",
      line(["b", `Revert "Tides"\n\nThis reverts commit ${id("a")}.`], ["a", "Tides (#12)"]),
      [pull(12, "a")],
      [],
    ],
    [
      "what does something else as well, besides taking something back",
      line(["b", `Count days\n\nThis reverts commit ${id("a")}.`], ["a"]),
      [],
      ["commit b"],
    ],
    [
      "a picked commit, and where it is from",
      line(["b", `Work\n\n(cherry picked from commit ${id("f")})`]),
      [],
      ["commit b from commit f"],
    ],
    [
      "a picked squash, as the pull request that it was",
      line(["b", `Work\n\n(cherry picked from commit ${id("f")})`]),
      [pull(7, "f")],
      ["commit b from pull request 7"],
    ],
    [
      "a backport by pull request",
      line(["b", "Work (#30)"]),
      [pull(30, "b", { backportOf: [12] })],
      ["pull request 30 from pull request 12"],
    ],
    [
      "what was picked twice, from the first",
      line(["b", `Work\n\n(cherry picked from commit ${id("f")})\n(cherry picked from commit ${id("e")})`]),
      [],
      ["commit b from commit f"],
    ],
    [
      "itself as no original of its own",
      line(["b", `Work\n\n(cherry picked from commit ${id("b")})`]),
      [],
      ["commit b"],
    ],
  ])("%s", (_, commits, pulls, works) => {
    expect(told(commits, pulls)).toEqual(works);
  });

  test("what messages name outside the range is asked for, each once", () => {
    const commits = line(
      ["b", `Work\n\n(cherry picked from commit ${id("f")})`],
      ["a", `Revert\n\nThis reverts commit ${id("f")}.\nThis reverts commit ${id("b")}.`],
    );
    expect(commitsNamed(commits)).toEqual([id("f")]);
  });
});
