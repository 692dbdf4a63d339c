import { describe, expect, test } from "vitest";
import { pullRequestsInForce } from "../../../src/domain/release/pull-requests-in-force.ts";

describe("pull requests in force", () => {
  test.each<[string, [number: number, reverts: number[], order?: number][], number[]]>([
    [
      "are all, where nothing is reverted",
      [
        [1, []],
        [2, []],
      ],
      [1, 2],
    ],
    [
      "are without what was reverted, and without the revert",
      [
        [1, []],
        [2, []],
        [3, [1]],
      ],
      [2],
    ],
    [
      "hold what was reverted by what was reverted",
      [
        [1, []],
        [2, [1]],
        [3, [2]],
      ],
      [1],
    ],
    [
      "hold nothing, where that was reverted too",
      [
        [1, []],
        [2, [1]],
        [3, [2]],
        [4, [3]],
      ],
      [],
    ],
    [
      "hold a revert of what is not among them",
      [
        [2, [1]],
        [3, []],
      ],
      [2, 3],
    ],
    [
      "are without all that one takes back",
      [
        [1, []],
        [2, []],
        [3, [2, 1, 9]],
      ],
      [],
    ],
    ["hold one that says to revert itself", [[1, [1]]], [1]],
    [
      "hold what landed after what says to revert it",
      [
        [1, [], 9],
        [2, [1], 8],
      ],
      [1, 2],
    ],
    [
      "go by when they landed, and come as they were",
      [
        [3, [2], 2],
        [4, [3], 3],
        [2, [], 1],
      ],
      [2],
    ],
    [
      "hold neither of two where the later by number takes back the other",
      [
        [1, [2], 5],
        [2, [1], 5],
      ],
      [],
    ],
  ])("%s", (_, given, left) => {
    const pulls = given.map(([number, reverts, landedOrder = number]) => ({ number, reverts, landedOrder }));
    expect(pullRequestsInForce(pulls).map(({ number }) => number)).toEqual(left);
  });
});
