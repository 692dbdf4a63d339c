import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commitMessage, mailmapText, personAddress, personName } from "../support/arbitraries.ts";
import { curtainCall } from "../support/curtain-call.ts";
import { depth } from "../support/depth.ts";
import { makeRepository } from "../support/repository.ts";
import { shortlogOf, sumByPerson, tallyAsGit } from "../support/shortlog.ts";

describe("credits --as-git", () => {
  test("counts whom git shortlog counts, for any history and mailmap", async () => {
    const author = fc
      .record({ name: personName, address: personAddress })
      .map(({ name, address }) => `${name}${name === "" ? "" : " "}<${address}>`);
    const commits = fc.array(fc.record({ author, message: commitMessage }), { minLength: 100, maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(commits, mailmapText, async (history, mailmap) => {
        const folder = makeRepository(history, mailmap);
        expect(await tallyAsGit(folder)).toEqual(shortlogOf(folder));
      }),
      { numRuns: depth({ quick: 4, deep: 250 }) },
    );
  });
});

test("a value without an address is mapped by no mailmap, not even one for empty addresses", async () => {
  const message = "Add a\n\nCo-authored-by: Hedy Instance\nCo-authored-by: Joan Figure <>\n";
  const folder = makeRepository([{ author: "Somebody <>", message }], "Grace Sample <grace@example.org> <>\n");
  const counts = new Map([
    ["Grace Sample <grace@example.org>", 1],
    ["Hedy Instance", 1],
  ]);
  expect(shortlogOf(folder)).toEqual(counts);
  expect(await tallyAsGit(folder)).toEqual(counts);
});

test("names that differ in bytes that are not UTF-8 are two people, as they are for git", async () => {
  const authors = [0xe9, 0xe8, 0xe8].map((byte) => Buffer.from([0x52, byte, ...Buffer.from(" <r@example.com>")]));
  const folder = makeRepository(authors.map((author) => ({ author, message: "a\n" })));
  expect(new Set((await tallyAsGit(folder)).values())).toEqual(new Set([1, 2]));
});

test("the command line prints just that", () => {
  const folder = makeRepository([
    { message: "Add a\n\nCo-authored-by: Grace Sample <grace@example.org>\n" },
    { message: "Fix: b\nCo-authored-by: Joan Figure <joan@example.org>\n" },
  ]);
  const roles = ["--role", "author", "--role", "co-author"];
  const { stdout } = curtainCall(["credits", "--repo", folder, "--as-git", "--emails", "--format", "json", ...roles]);
  const counts = JSON.parse(stdout).people.map((one: { name: string; email: string; commits: number }) => {
    return [`${one.name} <${one.email}>`, one.commits];
  });
  expect(sumByPerson(counts)).toEqual(shortlogOf(folder));
});
