import { expect, test } from "vitest";
import { readLanded } from "../../src/github/read-commits.ts";

const pageInfo = { hasNextPage: false, endCursor: null };

/** A commit as GraphQL answers it, known by its message. */
function commit(message: string, parents = 1) {
  return {
    id: message,
    oid: message,
    url: "",
    message,
    parents: { totalCount: parents },
    authors: { pageInfo, nodes: [] },
  };
}

/** What a merge brought, where the base was at last like this, the newest first. */
async function landed(history: readonly ReturnType<typeof commit>[], commits: readonly string[]) {
  const [last = commit("")] = history;
  const query = async (_text: string, variables: Readonly<Record<string, unknown>>) => {
    const nodes = history.slice(0, Number(variables["size"]));
    return { data: { node: { history: { pageInfo, nodes } } }, errors: [] };
  };
  const facts = commits.map((message) => ({
    sha: "",
    url: "",
    message,
    parents: message.startsWith("Merge") ? 2 : 1,
    authors: [],
  }));
  return (await readLanded({ query }, { last, commits: facts })).map(({ message }) => message);
}

const base = commit("Base");

test.for<[what: string, history: ReturnType<typeof commit>[], commits: string[], expected: string[]]>([
  ["a rebase", [commit("c"), commit("b"), commit("a"), base], ["a", "b", "c"], ["a", "b", "c"]],
  ["a rebase that left out what the base had", [commit("c"), commit("a"), base], ["a", "b", "c"], ["a", "c"]],
  ["a rebase whose last commit the base had", [commit("b"), commit("a"), base], ["a", "b", "c"], ["a", "b"]],
  ["a rebase that left out a merge", [commit("c"), commit("a"), base], ["a", "Merge main", "c"], ["a", "c"]],
  ["a rebase of equal messages", [commit("a"), commit("a"), base], ["a", "a"], ["a", "a"]],
  ["a rebase onto a merge", [commit("b"), commit("a"), commit("a", 2)], ["a", "b", "c"], ["a", "b"]],
  ["a squash", [commit("Title (#5)"), base], ["a", "b"], ["Title (#5)"]],
  ["a squash named after its last commit", [commit("b"), base], ["a", "b"], ["b"]],
  ["a merge commit", [commit("b", 2), commit("a")], ["a", "b"], ["b"]],
  ["a single commit", [commit("a"), base], ["a"], ["a"]],
])("%s", async ([, history, commits, expected]) => {
  expect(await landed(history, commits)).toEqual(expected);
});
