import { join } from "node:path";
import { expect, test } from "vitest";
import { openClone } from "../../src/git/open-clone.ts";
import { readChangedPaths } from "../../src/git/read-changed-paths.ts";
import { readFileAt } from "../../src/git/read-file-at.ts";
import { git, makeRepository, temporaryFolder } from "../support/repository.ts";

test("a commit's paths are told, whatever they are called, and a merge's by what it brought", async () => {
  const folder = makeRepository([
    { message: "Begin", files: { "a.md": "1" } },
    { message: "Nothing" },
    { message: "Odd names", files: { "with blank.md": "1", "süd/ö.md": "1", '"a\\nb"': "1" } },
  ]);
  git(folder, ["checkout", "--quiet", "-b", "side", "HEAD~1"]);
  git(folder, ["mv", "a.md", "b.md"]);
  git(folder, ["commit", "--quiet", "--message=Move"]);
  git(folder, ["checkout", "--quiet", "main"]);
  git(folder, ["merge", "--quiet", "--no-ff", "--message=Merge", "side"]);
  const ids = git(folder, ["rev-list", "--topo-order", "HEAD"]).trim().split("\n");
  const clone = await openClone(folder);
  const told = await readChangedPaths(clone, ids);
  const subject = (id: string) => git(folder, ["log", "-1", "--format=%s", id]).trim();
  expect(new Map(ids.map((id) => [subject(id), told.get(id)]))).toEqual(
    new Map([
      ["Merge", { paths: ["a.md", "b.md"], isMerge: true }],
      ["Move", { paths: ["a.md", "b.md"], isMerge: false }],
      ["Odd names", { paths: ["a\nb", "süd/ö.md", "with blank.md"], isMerge: false }],
      ["Nothing", { paths: [], isMerge: false }],
      ["Begin", { paths: ["a.md"], isMerge: false }],
    ]),
  );
  expect(await readChangedPaths(clone, [])).toEqual(new Map());
});

test("a file is read as a commit has it", async () => {
  const folder = makeRepository([
    { message: "Begin", files: { "a.md": "1", "b/c.md": "x" } },
    { message: "Go on", files: { "a.md": "2" } },
  ]);
  const clone = await openClone(folder);
  expect(await readFileAt(clone, "HEAD~1", "a.md")).toEqual(Buffer.from("1"));
  expect(await readFileAt(clone, "HEAD", "a.md")).toEqual(Buffer.from("2"));
  expect(await readFileAt({ ...clone, directory: join(folder, "b") }, "HEAD", "b/c.md")).toEqual(Buffer.from("x"));
  expect(await readFileAt(clone, "HEAD", "none.md")).toBeNull();
  expect(await readFileAt(clone, "HEAD", "b")).toBeNull();
  expect(await readFileAt(clone, "HEAD~7", "a.md")).toBe("not here");
});

test.each(["tree:0", "blob:none"])("a partial clone by %s fetches nothing", async (filter) => {
  const origin = makeRepository([
    { message: "Begin", files: { "a.md": "1" } },
    { message: "Go on", files: { "a.md": "2" } },
  ]);
  git(origin, ["config", "uploadpack.allowFilter", "true"]);
  const folder = join(temporaryFolder(), "partial");
  git(".", ["clone", "--quiet", `--filter=${filter}`, `file://${origin}`, folder]);
  const clone = await openClone(folder);
  expect(await readFileAt(clone, "HEAD", "a.md")).toEqual(Buffer.from("2"));
  expect(await readFileAt(clone, "HEAD~1", "a.md")).toBe("not here");
});
