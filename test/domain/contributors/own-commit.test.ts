import { expect, test } from "vitest";
import { isOwnCommit, signCommit } from "../../../src/domain/contributors/own-commit.ts";

const tree = "1".repeat(40);
const parent = "2".repeat(40);
const other = "3".repeat(40);
const message = signCommit("Thank everybody in CONTRIBUTORS.md", { tree, parent });

test.each([
  ["as it was made", { message, tree, parents: [parent] }, true],
  ["with a line's end that git adds", { message: `${message}\n`, tree, parents: [parent] }, true],
  ["not with other files", { message, tree: other, parents: [parent] }, false],
  ["not on another commit", { message, tree, parents: [other] }, false],
  ["not as a merge", { message, tree, parents: [parent, other] }, false],
  ["not without a parent", { message, tree, parents: [] }, false],
  ["not in other words", { message: "Thank everybody", tree, parents: [parent] }, false],
])("a commit of the app's is known again %s", (_, commit, expected) => {
  expect(isOwnCommit(commit)).toBe(expected);
});

test("the message of a commit says what it is, and ends with a trailer", () => {
  expect(message).toMatch(/^Thank everybody in CONTRIBUTORS\.md\n\nCurtain-Call-Commit: [\da-f]{16}$/);
});
