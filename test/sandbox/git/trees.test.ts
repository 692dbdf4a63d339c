import { chmodSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { writeBlob } from "../../../src/sandbox/git/blobs.ts";
import { emptyTree } from "../../../src/sandbox/git/object-ids.ts";
import { writeObject } from "../../../src/sandbox/git/objects.ts";
import { findEntry, readTree } from "../../../src/sandbox/git/trees.ts";
import { writeTree } from "../../../src/sandbox/git/write-tree.ts";
import { getCommit, makeBareRepository, makeCommit, makeTree } from "../../support/bare-repository.ts";
import { depth } from "../../support/depth.ts";
import { git, temporaryFolder } from "../../support/repository.ts";

const oddFiles = { "a.txt": "a\n", 'b/c/ü "q".txt': "ü", "b/new\nline": "", "b/tab\t:(glob)*": "x", "-n": "y" };

test("a tree is listed with and without what is in its folders", async () => {
  const directory = await makeBareRepository();
  const commit = await makeCommit(directory, { files: oddFiles });
  const { tree } = await getCommit(directory, commit);
  expect((await readTree(directory, tree))?.map(({ path }) => path)).toEqual(["-n", "a.txt", "b"]);
  const all = await readTree(directory, commit, { recursive: true });
  expect(all?.map(({ path, type, mode, size }) => [path, type, mode, size])).toEqual([
    ["-n", "blob", "100644", 1],
    ["a.txt", "blob", "100644", 2],
    ["b", "tree", "040000", null],
    ["b/c", "tree", "040000", null],
    ['b/c/ü "q".txt', "blob", "100644", 2],
    ["b/new\nline", "blob", "100644", 0],
    ["b/tab\t:(glob)*", "blob", "100644", 1],
  ]);
  expect(await readTree(directory, emptyTree)).toEqual([]);
  const blob = await writeBlob(directory, Buffer.from("x"));
  for (const treeish of [blob, "1".repeat(40), "HEAD", "--long", ""]) {
    expect(await readTree(directory, treeish)).toBeNull();
  }
});

test("what is at a path is found, be the path ever so odd", async () => {
  const directory = await makeBareRepository();
  const commit = await makeCommit(directory, { files: oddFiles });
  for (const [path, text] of Object.entries(oddFiles)) {
    expect(await findEntry(directory, commit, path)).toMatchObject({
      path,
      type: "blob",
      size: Buffer.byteLength(text),
    });
  }
  expect(await findEntry(directory, commit, "b/c")).toMatchObject({ path: "b/c", type: "tree", mode: "040000" });
  const { tree } = await getCommit(directory, commit);
  expect(await findEntry(directory, commit, "")).toMatchObject({ path: "", type: "tree", sha: tree });
  for (const path of ["none", "a.txt/x", "b/", "/b", "../b", "b/../a.txt", ":/", "*", "b//c", ".", "a\0b"]) {
    expect([path, await findEntry(directory, commit, path)]).toEqual([path, null]);
  }
  expect(await findEntry(directory, "1".repeat(40), "")).toBeNull();
  expect(await findEntry(directory, "1".repeat(40), "a")).toBeNull();
  expect(await findEntry(directory, "HEAD", "a.txt")).toBeNull();
});

test("a tree becomes another by changes and deletions, and keeps the rest", async () => {
  const directory = await makeBareRepository();
  const base = await makeTree(directory, { "a/1": "1", "a/2": "2", "b/1": "1", c: "c", "d/e/f": "f" });
  const sha = await writeBlob(directory, Buffer.from("new"));
  const mode = "100644";
  const tree = await writeTree(directory, {
    base,
    entries: [
      { path: "a/1", mode, sha: null },
      { path: "b", mode, sha: null },
      { path: "none/at/all", mode, sha: null },
      { path: "c/is/now/a/folder", mode: "100755", sha },
      { path: "d", mode: "120000", sha },
      { path: "copy", mode: "040000", sha: base },
      { path: "copy/c", mode, sha },
      { path: "module", mode: "160000", sha: "2".repeat(40) },
    ],
  });
  const files = await readTree(directory, tree, { recursive: true });
  expect(files?.filter(({ type }) => type !== "tree").map(({ mode: found, path }) => `${found} ${path}`)).toEqual([
    "100644 a/2",
    "100755 c/is/now/a/folder",
    "100644 copy/a/1",
    "100644 copy/a/2",
    "100644 copy/b/1",
    "100644 copy/c",
    "100644 copy/d/e/f",
    "120000 d",
    "160000 module",
  ]);
  expect(await writeTree(directory, { base, entries: [] })).toBe(base);
  expect(await writeTree(directory, { base: null, entries: [] })).toBe(emptyTree);
});

test("a path that is not UTF-8 stays as it is", async () => {
  const directory = await makeBareRepository();
  const blob = await writeBlob(directory, Buffer.from("x"));
  const bytes = Buffer.concat([Buffer.from("100644 caf\xe9\0", "latin1"), Buffer.from(blob, "hex")]);
  const base = await writeObject(directory, "tree", bytes);
  expect((await readTree(directory, base))?.[0]?.path).toBe("café");
  const both = await writeTree(directory, { base, entries: [{ path: "z", mode: "100644", sha: blob }] });
  expect(await writeTree(directory, { base: both, entries: [{ path: "z", mode: "100644", sha: null }] })).toBe(base);
});

test("what git refuses is refused by name", async () => {
  const directory = await makeBareRepository();
  const sha = await writeBlob(directory, Buffer.from("x"));
  const write = async (entry: object) =>
    writeTree(directory, { base: null, entries: [{ path: "a", mode: "100644", sha, ...entry }] });
  for (const path of [
    "",
    "/a",
    "a/",
    "a//b",
    ".",
    "../a",
    "a/../b",
    "a\0b",
    ".git/config",
    "a/.GIT/x",
    "git~1/x",
    "ü\n/.git",
  ]) {
    await expect(write({ path })).rejects.toMatchObject({ name: "TreeRefused", path, reason: "path" });
  }
  for (const mode of ["100664", "644", "", "040755", "100644 x"]) {
    await expect(write({ mode })).rejects.toMatchObject({ name: "TreeRefused", path: "a", reason: "mode" });
  }
  for (const other of ["1".repeat(40), emptyTree, "HEAD", `${sha}\n`]) {
    await expect(write({ sha: other })).rejects.toMatchObject({ name: "TreeRefused", path: "a", reason: "object" });
  }
  await expect(write({ mode: "040000" })).rejects.toMatchObject({ reason: "object" });
  await expect(writeTree(directory, { base: "HEAD", entries: [] })).rejects.toThrow("is no object id");
});

test("a tree written is the one that git add makes", async () => {
  const path = fc
    .array(fc.constantFrom("a", "b.txt", "ü", "new\nline", 'q"', "-x", "a b", "tab\t", "\\"), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => parts.join("/"));
  const file = fc.record({
    path,
    mode: fc.constantFrom("100644", "100755", "120000"),
    text: fc.constantFrom("x", "y"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 6 }), fc.array(path, { maxLength: 2 }), async (files, removed) => {
      const clone = temporaryFolder();
      git(clone, ["init", "--quiet"]);
      const directory = join(clone, ".git");
      const entries = [];
      for (const { path: name, mode, text } of files) {
        placeFile(clone, name, { mode, text });
        entries.push({ path: name, mode, sha: await writeBlob(directory, Buffer.from(text)) });
      }
      const base = await writeTree(directory, { base: null, entries });
      for (const name of removed) rmSync(join(clone, name), { recursive: true, force: true });
      const deletions = removed.map((name) => ({ path: name, mode: "100644", sha: null }));
      const tree = await writeTree(directory, { base, entries: deletions });
      git(clone, ["add", "-A"]);
      expect(tree).toBe(git(clone, ["write-tree"]).trim());
    }),
    { numRuns: depth({ quick: 20, deep: 500 }) },
  );
});

/** Writes a file in place of whatever is in its way. */
function placeFile(root: string, path: string, { mode, text }: { mode: string; text: string }): void {
  const parts = path.split("/");
  for (const [index] of parts.entries()) {
    const above = join(root, ...parts.slice(0, index));
    if (!lstatSync(above, { throwIfNoEntry: false })?.isDirectory()) rmSync(above, { force: true });
    mkdirSync(above, { recursive: true });
  }
  const file = join(root, path);
  rmSync(file, { recursive: true, force: true });
  if (mode === "120000") symlinkSync(text, file);
  else writeFileSync(file, text);
  if (mode === "100755") chmodSync(file, 0o755);
}
