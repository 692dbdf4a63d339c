import { expect, test } from "vitest";
import { findDirectCommits, type Landing } from "../../../src/domain/ledger/direct-commits.ts";

interface Case {
  readonly what: string;
  /** The newest first, as `commit: parents`. */
  readonly history: readonly string[];
  readonly landings: readonly Landing[];
  readonly direct: readonly string[];
}

test.for<Case>([
  { what: "all, where nothing was merged", history: ["b: a", "a:"], landings: [], direct: ["b", "a"] },
  {
    what: "not what a merge brought, and not the merge",
    history: ["m: b y", "b: a", "y: x", "x: a", "a:"],
    landings: [{ sha: "m", commits: 1 }],
    direct: ["b", "a"],
  },
  {
    what: "not a squash",
    history: ["c: s", "s: a", "a:"],
    landings: [{ sha: "s", commits: 1 }],
    direct: ["c", "a"],
  },
  {
    what: "not what was rebased, one upon the other",
    history: ["d: r3", "r3: r2", "r2: r1", "r1: a", "a:"],
    landings: [{ sha: "r3", commits: 3 }],
    direct: ["d", "a"],
  },
  {
    what: "what somebody merged by hand",
    history: ["m: b y", "y: x", "b: a", "x: a", "a:"],
    landings: [],
    direct: ["y", "b", "x", "a"],
  },
  {
    what: "not what a pull request brought that came along in a merge by hand",
    // Somebody pulled: the merged branch is the second parent.
    history: ["f: l m", "l: a", "m: b y", "y: b", "b: a", "a:"],
    landings: [{ sha: "m", commits: 1 }],
    direct: ["l", "b", "a"],
  },
  {
    what: "not what reached the branch of a pull request by a merge of its own",
    history: ["m: a y", "y: x z", "z: a", "x: a", "a:"],
    landings: [{ sha: "m", commits: 1 }],
    direct: ["a"],
  },
  {
    what: "a commit that was there before a pull request merged it once more",
    history: ["m: b y", "y: b", "b: a", "a:"],
    landings: [{ sha: "m", commits: 1 }],
    direct: ["b", "a"],
  },
  {
    what: "not what several merged at once",
    history: ["m: a x y", "y: a", "x: a", "a:"],
    landings: [{ sha: "m", commits: 1 }],
    direct: ["a"],
  },
  {
    what: "all, where what landed was pushed over since",
    history: ["b: a", "a:"],
    landings: [{ sha: "gone", commits: 2 }],
    direct: ["b", "a"],
  },
  {
    what: "up to where the history is cut",
    history: ["b: a", "a: before"],
    landings: [{ sha: "b", commits: 5 }],
    direct: [],
  },
])("direct is $what", ({ history, landings, direct }) => {
  const ancestry = new Map(
    history.map((line) => {
      const [sha = "", parents = ""] = line.split(":");
      return [sha, parents.split(" ").filter(Boolean)];
    }),
  );
  const [head = ""] = ancestry.keys();
  expect(findDirectCommits(ancestry, { head, landings })).toEqual(direct);
});

test("a history of a hundred thousand commits, merged each upon the other, is no trouble", () => {
  const ancestry = new Map<string, string[]>();
  const count = 50_000;
  for (let number = count; number > 0; number -= 1) {
    ancestry.set(`m${number}`, [`s${number}`, `m${number - 1}`]);
    ancestry.set(`s${number}`, [`m${number - 1}`]);
  }
  ancestry.set("m0", []);
  expect(findDirectCommits(ancestry, { head: `m${count}`, landings: [] })).toHaveLength(count + 1);
});
