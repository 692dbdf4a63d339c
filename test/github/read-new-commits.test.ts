import { Octokit } from "@octokit/core";
import { expect, test } from "vitest";
import { readNewCommits } from "../../src/github/read-new-commits.ts";

interface Commit {
  readonly sha: string;
  readonly parents: readonly { readonly sha: string }[];
}

/** So many commits, each made from the one before, as `a0 a1 a2 …`. */
function line(name: string, length: number, base = "base"): Commit[] {
  return Array.from({ length }, (_, index) => {
    return { sha: `${name}${index}`, parents: [{ sha: index === 0 ? base : `${name}${index - 1}` }] };
  });
}

const commit = { message: "Count the moon", author: null, committer: null };

/** What is read where GitHub lists these, with how many pages. */
async function read(commits: readonly Commit[], most: number) {
  let pages = 0;
  const fetch = async (address: string): Promise<Response> => {
    const { searchParams } = new URL(address);
    const from = (Number(searchParams.get("page")) - 1) * Number(searchParams.get("per_page"));
    pages += 1;
    return Response.json({
      total_commits: commits.length,
      base_commit: { sha: "base", commit },
      merge_base_commit: { sha: "base" },
      commits: commits.slice(from, from + 100).map((one) => ({ ...one, commit })),
    });
  };
  const found = await readNewCommits(new Octokit({ request: { fetch } }), {
    owner: "acme",
    name: "tides",
    from: "base",
    to: commits.at(-1)?.sha ?? "base",
    most,
  });
  return { count: found?.shas.length, upTo: found?.upTo, pages };
}

const beside = line("a", 150).flatMap((one, index) => [one, ...line("b", 150).slice(index, index + 1)]);
const merge = { sha: "merge", parents: [{ sha: "a149" }, { sha: "b149" }] };

test.for<[what: string, commits: Commit[], expected: object]>([
  ["nothing", [], { count: 0, upTo: "base", pages: 1 }],
  ["a few", line("a", 7), { count: 7, upTo: "a6", pages: 1 }],
  ["as many as are enough", line("a", 200), { count: 200, upTo: "a199", pages: 2 }],
  ["more than enough, of which the others come later", line("a", 500), { count: 200, upTo: "a199", pages: 2 }],
  [
    "two branches, which are read on until they meet",
    [...beside, merge, ...line("c", 199, "merge")],
    { count: 400, upTo: "c98", pages: 4 },
  ],
])("%s", async ([, commits, expected]) => {
  expect(await read(commits, 200)).toEqual(expected);
});
