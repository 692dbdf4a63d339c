import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isValidRefName } from "../../../src/sandbox/git/ref-names.ts";
import { listRefs, readRef, snapshotRefs } from "../../../src/sandbox/git/refs.ts";
import { resolveCommit } from "../../../src/sandbox/git/resolve-commit.ts";
import { writeTag } from "../../../src/sandbox/git/tags.ts";
import { updateRefs } from "../../../src/sandbox/git/update-refs.ts";
import { ada, getCommit, makeBareRepository, makeCommit } from "../../support/bare-repository.ts";
import { depth } from "../../support/depth.ts";

async function makeRefs() {
  const directory = await makeBareRepository();
  const one = await makeCommit(directory, { files: { a: "1" } });
  const two = await makeCommit(directory, { files: { a: "2" }, parents: [one] });
  const tag = await writeTag(directory, { object: one, type: "commit", tag: "v1", tagger: ada, message: "One\n" });
  const outer = await writeTag(directory, { object: tag, type: "tag", tag: "v1-again", tagger: ada, message: "One\n" });
  await updateRefs(directory, [
    { ref: "refs/heads/main", from: null, to: two },
    { ref: "refs/heads/both", from: null, to: two },
    { ref: "refs/heads/feature/ü", from: null, to: one },
    { ref: "refs/tags/both", from: null, to: one },
    { ref: "refs/tags/v1", from: null, to: tag },
    { ref: "refs/tags/v1-again", from: null, to: outer },
    { ref: "refs/pull/1/head", from: null, to: one },
  ]);
  return { directory, one, two, tag, outer };
}

test("refs are listed by the beginning of their names, tags with what they point to", async () => {
  const { directory, one, tag, outer } = await makeRefs();
  const names = async (prefix: string): Promise<string[]> =>
    (await listRefs(directory, prefix)).map(({ name }) => name);
  expect(await names("refs/heads/")).toEqual(["refs/heads/both", "refs/heads/feature/ü", "refs/heads/main"]);
  expect(await names("refs/heads/fea")).toEqual(["refs/heads/feature/ü"]);
  expect(await names("refs/")).toHaveLength(7);
  expect(await names("refs/none/")).toEqual([]);
  for (const prefix of ["", "--all", "refs/*/", "refs/heads/[m]ain", "refs/../", "HEAD"]) {
    expect(await names(prefix)).toEqual([]);
  }
  expect(await listRefs(directory, "refs/tags/v")).toEqual([
    { name: "refs/tags/v1", sha: tag, type: "tag", peeled: { sha: one, type: "commit" } },
    { name: "refs/tags/v1-again", sha: outer, type: "tag", peeled: expect.anything() },
  ]);
});

test("one ref is read by its full name only", async () => {
  const { directory, two } = await makeRefs();
  expect(await readRef(directory, "refs/heads/main")).toEqual({
    name: "refs/heads/main",
    sha: two,
    type: "commit",
    peeled: null,
  });
  for (const name of ["main", "heads/main", "refs/heads/feature", "refs/heads/ma*", "HEAD", "", "-x"]) {
    expect(await readRef(directory, name)).toBeNull();
  }
});

test("a commit is found by what people call it", async () => {
  const { directory, one, two, tag, outer } = await makeRefs();
  const found: Record<string, string | null> = {
    main: two,
    "heads/main": two,
    "refs/heads/main": two,
    HEAD: two,
    "feature/ü": one,
    both: two,
    "tags/both": one,
    v1: one,
    "v1-again": one,
    [tag]: one,
    [outer]: one,
    "pull/1/head": one,
    [two]: two,
    [two.slice(0, 12)]: two,
  };
  for (const [revision, sha] of Object.entries(found)) {
    expect([revision, await resolveCommit(directory, revision)]).toEqual([revision, sha]);
  }
});

test("a commit is not found by what only gitrevisions knows", async () => {
  const { directory, one, two } = await makeRefs();
  const { tree } = await getCommit(directory, two);
  const revisions = ["main^", "main~1", "main^{/One}", ":/One", "main@{0}", "@{-1}", "@", `${one}..${two}`, "^main"];
  const others = ["main:a", "--all", "-n1", "", "none", "1".repeat(40), tree, `x-g${one.slice(0, 7)}`, `${one}^{tree}`];
  const odd = ["main\nHEAD", " main", "main ", "ma*", "feature", "config", "FETCH_HEAD", one.slice(0, 3), "a\0b"];
  for (const revision of [...revisions, ...others, ...odd]) {
    expect([revision, await resolveCommit(directory, revision)]).toEqual([revision, null]);
  }
});

test("refs are made, moved and deleted together", async () => {
  const { directory, one, two } = await makeRefs();
  const before = await snapshotRefs(directory);
  await updateRefs(directory, [
    { ref: "refs/heads/new", from: null, to: one },
    { ref: "refs/heads/main", from: two, to: one },
    { ref: "refs/heads/both", from: two, to: null },
  ]);
  const after = await snapshotRefs(directory);
  expect(before.get("refs/heads/main")).toBe(two);
  expect(after.get("refs/heads/main")).toBe(one);
  expect(after.get("refs/heads/new")).toBe(one);
  expect(after.has("refs/heads/both")).toBe(false);
  await updateRefs(directory, []);
  expect(await snapshotRefs(directory)).toEqual(after);
});

test("where one ref cannot be changed, none is, and the error names it", async () => {
  const { directory, one, two } = await makeRefs();
  const { tree } = await getCommit(directory, one);
  const before = await snapshotRefs(directory);
  const cases = [
    { ref: "refs/heads/main", from: one, to: one, reason: "moved" },
    { ref: "refs/heads/main", from: null, to: one, reason: "moved" },
    { ref: "refs/heads/main", from: one, to: null, reason: "moved" },
    { ref: "refs/heads/main", from: null, to: null, reason: "moved" },
    { ref: "refs/heads/none", from: one, to: two, reason: "moved" },
    { ref: "refs/heads/none", from: one, to: null, reason: "moved" },
    { ref: "refs/heads/main/below", from: null, to: one, reason: "name" },
    { ref: "refs/heads/feature", from: null, to: one, reason: "name" },
    { ref: "refs/heads/tree", from: null, to: tree, reason: "object" },
    { ref: "refs/heads/gone", from: null, to: "1".repeat(40), reason: "object" },
    { ref: "refs/heads/a..b", from: null, to: one, reason: "name" },
    { ref: "HEAD", from: two, to: one, reason: "name" },
    { ref: "refs/heads/x\0delete refs/heads/main", from: null, to: one, reason: "name" },
  ];
  for (const { reason, ...change } of cases) {
    const good = { ref: "refs/heads/good", from: null, to: one };
    await expect(updateRefs(directory, [good, change])).rejects.toMatchObject({
      name: "RefConflict",
      ref: change.ref,
      reason,
    });
    expect(await snapshotRefs(directory)).toEqual(before);
  }
});

test("ref names are valid where git finds them valid", () => {
  const part = fc.constantFrom(
    "a",
    "ü",
    "/",
    ".",
    "..",
    "@",
    "{",
    "@{",
    "-",
    ".lock",
    " ",
    "~",
    "^",
    ":",
    "?",
    "*",
    "[",
  );
  const more = fc.constantFrom("\\", "\t", "\u007f", "\u0080", "\n", "HEAD", "//", "]", "}", "\uFFFD", "💫");
  const name = fc.array(fc.oneof({ weight: 3, arbitrary: part }, more), { maxLength: 6 });
  fc.assert(
    fc.property(name, (parts) => {
      const text = `refs/${parts.join("")}`;
      expect(isValidRefName(text)).toBe(spawnSync("git", ["check-ref-format", text]).status === 0);
    }),
    { numRuns: depth({ quick: 150, deep: 5000 }) },
  );
  expect(isValidRefName("refs")).toBe(false);
  expect(isValidRefName("heads/main")).toBe(false);
});
