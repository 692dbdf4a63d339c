import { expect, test } from "vitest";
import { measureCommits } from "../../../src/sandbox/git/commit-sizes.ts";
import { getCommit, makeBareRepository, makeCommit } from "../../support/bare-repository.ts";

test("commits are measured against their first parents, and the first against nothing", async () => {
  const directory = await makeBareRepository();
  const first = await makeCommit(directory, { files: { a: "1\n2\n", "b\n.txt": "1\n" } });
  const second = await makeCommit(directory, { files: { a: "1\n3\n", "b\n.txt": "1\n" }, parents: [first] });
  const side = await makeCommit(directory, { files: { a: "1\n2\n", c: "\0" }, parents: [first] });
  const merge = await makeCommit(directory, { files: { a: "1\n3\n", c: "\0" }, parents: [second, side] });
  const same = await makeCommit(directory, { files: { a: "1\n3\n", c: "\0" }, parents: [merge] });
  const commits = await Promise.all([first, second, merge, same, second].map((sha) => getCommit(directory, sha)));
  expect(await measureCommits(directory, commits)).toEqual([
    { additions: 3, deletions: 0, changedFiles: 2 },
    { additions: 1, deletions: 1, changedFiles: 1 },
    { additions: 0, deletions: 1, changedFiles: 2 },
    { additions: 0, deletions: 0, changedFiles: 0 },
    { additions: 1, deletions: 1, changedFiles: 1 },
  ]);
});
