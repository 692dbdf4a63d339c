import { expect, test } from "vitest";
import { worksInForce } from "../../../src/domain/release/works-in-force.ts";

/** Works, the newest first: `c-ba` takes back b and a, and `c-b!` does something else as well. */
function told(...texts: readonly string[]): string {
  const works = texts.map((text) => {
    const [key = "", reverts = ""] = text.replace("!", "").split("-");
    return { key, reverts: reverts.split(""), isRevertAlone: !text.endsWith("!") };
  });
  return worksInForce(works)
    .map(({ key }) => key)
    .join("");
}

test.each<[name: string, works: string[], left: string]>([
  ["nothing of nothing", [], ""],
  ["all, where nothing is taken back", ["b", "a"], "ba"],
  ["neither a work nor its revert", ["c", "b-a", "a"], "c"],
  ["a work whose revert was reverted", ["c-b", "b-a", "a"], "a"],
  ["neither, where the revert of a revert was reverted", ["d-c", "c-b", "b-a", "a"], ""],
  ["several at once", ["d", "c-ba", "b", "a"], "d"],
  ["what does something else as well", ["b-a!", "a"], "b"],
  ["a revert of what is not among these", ["b-z", "a"], "ba"],
  ["a work that says it takes back a newer one", ["b", "a-b"], "ba"],
  ["a work that says it takes back itself", ["a-a"], "a"],
  ["what two take back, and the second of them, which found nothing", ["c-a", "b-a", "a"], "b"],
])("%s", (_, works, left) => {
  expect(told(...works)).toBe(left);
});
