import fc from "fast-check";
import { expect, test } from "vitest";
import { writeBlob } from "../../../src/sandbox/git/blobs.ts";
import { diffFiles } from "../../../src/sandbox/git/changed-files.ts";
import { rawDiff, rawPatch } from "../../../src/sandbox/git/raw-diff.ts";
import { writeTree } from "../../../src/sandbox/git/write-tree.ts";
import { grace, makeBareRepository, makeCommit, makeTree } from "../../support/bare-repository.ts";
import { depth } from "../../support/depth.ts";
import { git } from "../../support/repository.ts";

const lines = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join("");

test("every kind of change is told with its counts and its hunks", async () => {
  const directory = await makeBareRepository();
  const blob = async (text: string | Buffer): Promise<string> => writeBlob(directory, Buffer.from(text));
  const tree = async (files: Record<string, [mode: string, text: string | Buffer]>): Promise<string> =>
    writeTree(directory, {
      base: null,
      entries: await Promise.all(
        Object.entries(files).map(async ([path, [mode, text]]) => ({ path, mode, sha: await blob(text) })),
      ),
    });
  const from = await tree({
    binary: ["100644", Buffer.from([0, 1])],
    executable: ["100644", "x\n"],
    'moved "here"\n': ["100644", lines],
    removed: ["100644", "-- gone\n"],
    same: ["100644", lines.toUpperCase()],
    text: ["100644", "diff --git a/x b/x\n@@ -1 +1 @@\nend"],
    type: ["100644", "target"],
  });
  const to = await tree({
    added: ["100644", ""],
    binary: ["100644", Buffer.from([0, 2])],
    executable: ["100755", "x\n"],
    "moved/ü\tthere": ["100644", `${lines}more\n`],
    "same/else": ["100644", lines.toUpperCase()],
    text: ["100644", "diff --git a/x b/x\n@@ -1 +1 @@\nend\n"],
    type: ["120000", "target"],
  });
  const files = await diffFiles(directory, { from, to, patches: true });
  const none = { previousPath: null, additions: 0, deletions: 0, binary: false, patch: null };
  expect(files).toEqual([
    { ...none, path: "added", status: "added", sha: await blob("") },
    { ...none, path: "binary", status: "modified", sha: await blob(Buffer.from([0, 2])), binary: true },
    { ...none, path: "executable", status: "modified", sha: await blob("x\n") },
    {
      ...none,
      path: "moved/ü\tthere",
      previousPath: 'moved "here"\n',
      status: "renamed",
      sha: await blob(`${lines}more\n`),
      additions: 1,
      patch: "@@ -28,3 +28,4 @@ line 26\n line 27\n line 28\n line 29\n+more",
    },
    {
      ...none,
      path: "removed",
      status: "removed",
      sha: await blob("-- gone\n"),
      deletions: 1,
      patch: "@@ -1 +0,0 @@\n--- gone",
    },
    { ...none, path: "same/else", previousPath: "same", status: "renamed", sha: await blob(lines.toUpperCase()) },
    {
      ...none,
      path: "text",
      status: "modified",
      sha: await blob("diff --git a/x b/x\n@@ -1 +1 @@\nend\n"),
      additions: 1,
      deletions: 1,
      patch: "@@ -1,3 +1,3 @@\n diff --git a/x b/x\n @@ -1 +1 @@\n-end\n\\ No newline at end of file\n+end",
    },
    {
      ...none,
      path: "type",
      status: "changed",
      sha: await blob("target"),
      patch:
        "@@ -1 +0,0 @@\n-target\n\\ No newline at end of file\n@@ -0,0 +1 @@\n+target\n\\ No newline at end of file",
    },
  ]);
  const without = await diffFiles(directory, { from, to, patches: false });
  expect(without).toEqual(files.map((file) => ({ ...file, patch: null })));
});

test("nothing differs, or everything is new", async () => {
  const directory = await makeBareRepository();
  const commit = await makeCommit(directory, { files: { a: "1\n", b: "2\n" } });
  expect(await diffFiles(directory, { from: commit, to: commit, patches: true })).toEqual([]);
  const files = await diffFiles(directory, { from: null, to: commit, patches: true });
  expect(files.map(({ path, status, patch }) => [path, status, patch])).toEqual([
    ["a", "added", "@@ -0,0 +1 @@\n+1"],
    ["b", "added", "@@ -0,0 +1 @@\n+2"],
  ]);
});

test("each file's text is read in its own encoding", async () => {
  const directory = await makeBareRepository();
  const mode = "100644";
  const western = await writeBlob(directory, Buffer.from("Gr\xfc\xdfe\n", "latin1"));
  const unicode = await writeBlob(directory, Buffer.from("Grüße\n"));
  const entries = [
    { path: "a", mode, sha: western },
    { path: "b", mode, sha: unicode },
  ];
  const to = await writeTree(directory, { base: null, entries });
  const files = await diffFiles(directory, { from: null, to, patches: true });
  expect(files.map(({ patch }) => patch)).toEqual(["@@ -0,0 +1 @@\n+Grüße", "@@ -0,0 +1 @@\n+Grüße"]);
});

test("counts and statuses are git's own", async () => {
  const directory = await makeBareRepository();
  const path = fc.constantFrom("a", "b", "c/d", "c", "new\nline", 'quo"te', "ü", "-x", "tab\t", "a => b", "{a}/b");
  const text = fc
    .array(fc.constantFrom("x\n", "y\n", "diff --git a/a b/a\n", "@@ -1 +1 @@\n", "\0", "\r\n", "z", "--- a\n", "\n"))
    .map((parts) => parts.join(""));
  const tree = fc.dictionary(path, fc.tuple(fc.constantFrom("100644", "100755", "120000"), text));
  const write = async (files: Record<string, [string, string]>): Promise<string> => {
    const entries = [];
    for (const [name, [mode, content]] of Object.entries(files)) {
      entries.push({ path: name, mode, sha: await writeBlob(directory, Buffer.from(content)) });
    }
    return writeTree(directory, { base: null, entries });
  };
  await fc.assert(
    fc.asyncProperty(tree, tree, async (before, after) => {
      const [from, to] = [await write(before), await write(after)];
      const files = await diffFiles(directory, { from, to, patches: true });
      const counts = files.map(({ path: name, previousPath, additions, deletions, binary }) => {
        const count = binary ? "-\t-" : `${additions}\t${deletions}`;
        return previousPath === null ? `${count}\t${name}\0` : `${count}\t\0${previousPath}\0${name}\0`;
      });
      expect(counts.join("")).toBe(git(directory, ["diff", "--numstat", "-z", "-M", from, to]));
      for (const { patch, additions, deletions, status } of files) {
        // Git counts lines there as if the kind of thing were the same, and prints all of them.
        if (status === "changed") continue;
        const marks = (patch ?? "").split("\n").map((line) => line.charAt(0));
        expect(marks.filter((mark) => mark === "+")).toHaveLength(additions);
        expect(marks.filter((mark) => mark === "-")).toHaveLength(deletions);
      }
    }),
    { numRuns: depth({ quick: 20, deep: 500 }) },
  );
});

test("a comparison is printed as git prints it, and commits as mails", async () => {
  const directory = await makeBareRepository();
  const first = await makeCommit(directory, { files: { a: "1\n" }, message: "Begin\n" });
  const second = await makeCommit(directory, {
    files: { a: "2\n" },
    parents: [first],
    message: "Ünïcode\n",
    author: grace,
  });
  expect((await rawDiff(directory, { from: first, to: second })).toString()).toBe(
    git(directory, ["diff", first, second]),
  );
  expect((await rawDiff(directory, { from: null, to: first })).toString()).toContain("new file mode 100644");
  const mail = (await rawPatch(directory, { from: first, to: second })).toString();
  expect(mail).toContain(`From ${second} `);
  expect(mail).toContain("From: Grace Sample <grace@example.org>");
  expect(mail).toContain("\n-1\n+2\n");
  expect((await rawPatch(directory, { from: null, to: second })).toString()).toContain("[PATCH 1/2] Begin");
  expect((await rawPatch(directory, { from: second, to: second })).toString()).toBe("");
});

test("only ids are compared", async () => {
  const directory = await makeBareRepository();
  const to = await makeTree(directory, { a: "1" });
  for (const id of ["HEAD", "--output=/tmp/x", "", `${to}:a`]) {
    await expect(diffFiles(directory, { from: id, to, patches: false })).rejects.toThrow("is no object id");
    await expect(rawDiff(directory, { from: to, to: id })).rejects.toThrow("is no object id");
    await expect(rawPatch(directory, { from: id, to })).rejects.toThrow("is no object id");
  }
});
