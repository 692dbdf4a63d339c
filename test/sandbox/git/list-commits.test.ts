import { expect, test } from "vitest";
import { countAheadBehind, findMergeBase, isAncestor } from "../../../src/sandbox/git/ancestry.ts";
import { readCommits, writeCommit } from "../../../src/sandbox/git/commits.ts";
import { countCommits, listCommits } from "../../../src/sandbox/git/list-commits.ts";
import { emptyTree } from "../../../src/sandbox/git/object-ids.ts";
import { ada, getCommit, grace, makeBareRepository, makeCommit, makeTree } from "../../support/bare-repository.ts";
import { git, makeRepository } from "../../support/repository.ts";

/** Five commits, one a day: a, b, c in a row; d beside b and c; m merges c and d. */
async function makeHistory() {
  const directory = await makeBareRepository();
  const commit = async (day: number, parents: string[], files: Record<string, string>): Promise<string> => {
    const author = day % 2 === 0 ? grace : ada;
    const date = new Date(Date.UTC(2024, 0, day));
    const tree = await makeTree(directory, files);
    return writeCommit(directory, { tree, parents, author, committer: { ...ada, date }, message: `Day ${day}\n` });
  };
  const a = await commit(1, [], { "a.txt": "1" });
  const b = await commit(2, [a], { "a.txt": "2" });
  const c = await commit(3, [b], { "a.txt": "2", "b/[x]*.txt": "1" });
  const d = await commit(4, [a], { "a.txt": "1", "d\n.txt": "1" });
  const m = await commit(5, [c, d], { "a.txt": "2", "b/[x]*.txt": "1", "d\n.txt": "1" });
  return { directory, a, b, c, d, m };
}

test("commits are listed newest first, or oldest first, or by the page", async () => {
  const { directory, a, b, c, d, m } = await makeHistory();
  const list = async (selection: object): Promise<string[]> =>
    (await listCommits(directory, { include: [m], ...selection })).map(({ sha }) => sha);
  expect(await list({})).toEqual([m, d, c, b, a]);
  expect((await list({ reverse: true })).at(-1)).toBe(m);
  expect((await list({ reverse: true })).at(0)).toBe(a);
  expect(await list({ skip: 1, limit: 2 })).toEqual([d, c]);
  expect(await list({ exclude: [c] })).toEqual([m, d]);
  expect(await list({ firstParent: true })).toEqual([m, c, b, a]);
  expect(await list({ authors: ["GRACE@example"] })).toEqual([d, b]);
  expect(await list({ authors: ["<ada@", "Grace"] })).toEqual([m, d, c, b, a]);
  expect(await list({ authors: [".*"] })).toEqual([]);
  expect(await list({ authors: [] })).toEqual([]);
  expect(await list({ since: new Date(Date.UTC(2024, 0, 3)), until: new Date(Date.UTC(2024, 0, 4)) })).toEqual([d, c]);
  expect(await list({ paths: ["b"] })).toEqual([c]);
  expect(await list({ paths: ["b/[x]*.txt"] })).toEqual([c]);
  expect(await list({ paths: [":/", "*", "../a.txt", "/a.txt", "--all", ""] })).toEqual([]);
  expect(await list({ include: [] })).toEqual([]);
});

test("a path may have a line break in it", async () => {
  const { directory, d, m } = await makeHistory();
  const listed = await listCommits(directory, { include: [m], paths: ["d\n.txt"] });
  expect(listed.map(({ sha }) => sha)).toEqual([d]);
});

test("commits read one by one and listed are the same", async () => {
  const directory = makeRepository([
    { message: "Begin\n\n\nbody\n", files: { a: "1" } },
    { message: Buffer.from("Gr\xfc\xdfe", "latin1"), author: "Grace <grace@example.org>", files: { a: "2" } },
    { message: Buffer.from("Gr\xfc\xdfe\n", "latin1"), encoding: "ISO-8859-1", files: { a: "3" } },
    { message: "", author: "<ada@example.com>", files: { a: "4" }, date: 0 },
    { message: "\n\n leading", author: "A. <b c@example.com>", files: { a: "5" } },
  ]);
  const listed = await listCommits(`${directory}/.git`, { include: [git(directory, ["rev-parse", "HEAD"]).trim()] });
  expect(listed).toHaveLength(5);
  const shas = listed.map(({ sha }) => sha);
  expect(listed).toEqual(await readCommits(`${directory}/.git`, shas));
});

test("commits are counted, ahead and behind too", async () => {
  const { directory, a, b, c, d, m } = await makeHistory();
  expect(await countCommits(directory, { include: [m] })).toBe(5);
  expect(await countCommits(directory, { include: [m], exclude: [c] })).toBe(2);
  expect(await countCommits(directory, { include: [] })).toBe(0);
  expect(await countAheadBehind(directory, c, d)).toEqual({ ahead: 1, behind: 2 });
  expect(await countAheadBehind(directory, m, b)).toEqual({ ahead: 0, behind: 3 });
  expect(await findMergeBase(directory, c, d)).toBe(a);
  expect(await isAncestor(directory, a, m)).toBe(true);
  expect(await isAncestor(directory, m, a)).toBe(false);
  expect(await isAncestor(directory, m, m)).toBe(true);
});

test("histories with nothing in common have no merge base", async () => {
  const directory = await makeBareRepository();
  const one = await makeCommit(directory, { files: { a: "1" } });
  const other = await makeCommit(directory, { files: { b: "1" } });
  expect(await findMergeBase(directory, one, other)).toBeNull();
});

test("only ids are taken for commits", async () => {
  const { directory, a } = await makeHistory();
  for (const id of ["HEAD", "--all", `^${a}`, `${a}..${a}`, "refs/heads/main", ""]) {
    await expect(listCommits(directory, { include: [id] })).rejects.toThrow("is no object id");
    await expect(countCommits(directory, { include: [a], exclude: [id] })).rejects.toThrow("is no object id");
    await expect(findMergeBase(directory, a, id)).rejects.toThrow("is no object id");
    await expect(isAncestor(directory, id, a)).rejects.toThrow("is no object id");
    await expect(countAheadBehind(directory, id, a)).rejects.toThrow("is no object id");
  }
  await expect(listCommits(directory, { include: ["1".repeat(40)] })).rejects.toThrow("git rev-list failed");
});

test("a replaced commit is the one that was there first", async () => {
  const { directory, a, d } = await makeHistory();
  git(directory, ["update-ref", `refs/replace/${a}`, d]);
  expect(await getCommit(directory, a)).toMatchObject({ message: "Day 1\n" });
  expect((await getCommit(directory, a)).tree).not.toBe(emptyTree);
});
