import { expect, test } from "vitest";
import { readBlob } from "../../../src/sandbox/git/blobs.ts";
import { mergeTrees, replayCommit } from "../../../src/sandbox/git/merge.ts";
import { rebaseCommits } from "../../../src/sandbox/git/rebase-commits.ts";
import { findEntry, readTree } from "../../../src/sandbox/git/trees.ts";
import { ada, getCommit, grace, makeBareRepository, makeCommit, makeTree } from "../../support/bare-repository.ts";

const ten = Array.from({ length: 10 }, (_, index) => `${index}\n`);

async function textAt(directory: string, treeish: string, path: string): Promise<string | undefined> {
  const entry = await findEntry(directory, treeish, path);
  return entry === null ? undefined : (await readBlob(directory, entry.sha))?.toString();
}

test("two sides that agree are merged, a rename followed", async () => {
  const directory = await makeBareRepository();
  const base = await makeCommit(directory, { files: { a: ten.join("") } });
  const ours = await makeCommit(directory, { files: { a: ["first\n", ...ten].join("") }, parents: [base] });
  const theirs = await makeCommit(directory, { files: { "b/c": [...ten, "last\n"].join("") }, parents: [base] });
  const tree = await makeTree(directory, { "b/c": ["first\n", ...ten, "last\n"].join("") });
  expect(await mergeTrees(directory, ours, theirs)).toEqual({ tree });
  expect(await mergeTrees(directory, base, base)).toMatchObject({ tree: (await getCommit(directory, base)).tree });
});

test("two sides that do not agree name the files", async () => {
  const directory = await makeBareRepository();
  const base = await makeCommit(directory, { files: { "a\n": "1\n", ü: "1\n", same: "1\n" } });
  const ours = await makeCommit(directory, { files: { "a\n": "2\n", same: "1\n" }, parents: [base] });
  const theirs = await makeCommit(directory, { files: { "a\n": "3\n", ü: "2\n", same: "2\n" }, parents: [base] });
  expect(await mergeTrees(directory, ours, theirs)).toEqual({ conflicts: ["a\n", "ü"] });
});

test("histories with nothing in common merge where their files are not the same", async () => {
  const directory = await makeBareRepository();
  const ours = await makeCommit(directory, { files: { a: "1\n" } });
  const theirs = await makeCommit(directory, { files: { b: "1\n" } });
  const other = await makeCommit(directory, { files: { a: "2\n" } });
  expect(await mergeTrees(directory, ours, theirs)).toEqual({
    tree: await makeTree(directory, { a: "1\n", b: "1\n" }),
  });
  expect(await mergeTrees(directory, ours, other)).toEqual({ conflicts: ["a"] });
});

test("only ids of commits are merged", async () => {
  const directory = await makeBareRepository();
  const commit = await makeCommit(directory, { files: { a: "1\n" } });
  await expect(mergeTrees(directory, commit, "HEAD")).rejects.toThrow("is no object id");
  await expect(mergeTrees(directory, "--stdin", commit)).rejects.toThrow("is no object id");
  await expect(mergeTrees(directory, commit, "1".repeat(40))).rejects.toThrow("git merge-tree failed");
});

test("a commit is replayed without what came before it", async () => {
  const directory = await makeBareRepository();
  const base = await makeCommit(directory, { files: { a: "1\n" } });
  const skipped = await makeCommit(directory, { files: { a: "1\n", skipped: "1\n" }, parents: [base] });
  const picked = await makeCommit(directory, {
    files: { a: "1\n", skipped: "1\n", picked: "1\n" },
    parents: [skipped],
  });
  const onto = await makeCommit(directory, { files: { a: "2\n" }, parents: [base] });
  const replay = async (commit: string, target: string) =>
    replayCommit(directory, { commit: await getCommit(directory, commit), onto: await getCommit(directory, target) });
  expect(await replay(picked, onto)).toEqual({ tree: await makeTree(directory, { a: "2\n", picked: "1\n" }) });
  expect(await replay(picked, skipped)).toEqual({ tree: (await getCommit(directory, picked)).tree });
  expect(await replay(base, onto)).toEqual({ conflicts: ["a"] });
  const root = await makeCommit(directory, { files: { root: "1\n" } });
  expect(await replay(root, onto)).toEqual({ tree: await makeTree(directory, { a: "2\n", root: "1\n" }) });
  const merge = await makeCommit(directory, {
    files: { a: "2\n", skipped: "1\n" },
    parents: [onto, skipped],
  });
  expect(await replay(merge, picked)).toEqual({ tree: (await getCommit(directory, picked)).tree });
});

test("a rebase keeps authors, messages and every commit, and names who did it", async () => {
  const directory = await makeBareRepository();
  const base = await makeCommit(directory, { files: { a: "1\n" } });
  const one = await makeCommit(directory, {
    files: { a: "1\n", b: "1\n" },
    parents: [base],
    message: "One",
    author: grace,
  });
  const two = await makeCommit(directory, { files: { a: "2\n", b: "1\n" }, parents: [one], message: "Two\n\nÜ\n" });
  const three = await makeCommit(directory, { files: { a: "2\n" }, parents: [two], message: "Three\n" });
  // What the second one does has been done already.
  const onto = await makeCommit(directory, { files: { a: "2\n", c: "1\n" }, parents: [base] });
  const rebased = await rebaseCommits(directory, { commits: [one, two, three], onto, committer: ada });
  if ("conflicts" in rebased) throw new Error("there should be no conflict");
  const commits = await Promise.all(rebased.commits.map(async (sha) => getCommit(directory, sha)));
  expect(commits.map(({ message, author, committer }) => [message, author, committer])).toEqual([
    ["One", grace, ada],
    ["Two\n\nÜ\n", ada, ada],
    ["Three\n", ada, ada],
  ]);
  expect(commits.map(({ parents }) => parents)).toEqual([[onto], [commits[0]?.sha], [commits[1]?.sha]]);
  expect(rebased.sha).toBe(commits[2]?.sha);
  expect((await readTree(directory, rebased.sha))?.map(({ path }) => path)).toEqual(["a", "c"]);
  expect(await textAt(directory, rebased.sha, "a")).toBe("2\n");
});

test("a rebase that cannot go on names the files", async () => {
  const directory = await makeBareRepository();
  const base = await makeCommit(directory, { files: { a: "1\n" } });
  const one = await makeCommit(directory, { files: { a: "2\n" }, parents: [base] });
  const onto = await makeCommit(directory, { files: { a: "3\n" }, parents: [base] });
  const committer = ada;
  expect(await rebaseCommits(directory, { commits: [one], onto, committer })).toEqual({ conflicts: ["a"] });
  expect(await rebaseCommits(directory, { commits: [], onto, committer })).toEqual({ sha: onto, commits: [] });
  const missing = { commits: ["1".repeat(40)], onto, committer };
  await expect(rebaseCommits(directory, missing)).rejects.toThrow("there is no commit 1111");
});
