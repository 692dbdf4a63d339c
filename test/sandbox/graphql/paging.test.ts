import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addComment } from "../../../src/sandbox/actions/comments.ts";
import { openIssue } from "../../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../../src/sandbox/actions/merge-pull.ts";
import type { PullRequest } from "../../../src/sandbox/model/issue.ts";
import { type Answer, at, by, listAt, makePull, makeSandbox } from "../../support/graphql-sandbox.ts";

const issues = (paging: string): string =>
  `{ repository(owner: "acme", name: "tides") { issues${paging} { totalCount nodes { number } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

async function makeIssues(count: number) {
  const sandbox = await makeSandbox();
  const { forge, repository, ada } = sandbox;
  for (let index = 1; index <= count; index += 1) {
    await openIssue(forge, { repository, title: `Tide ${index}`, body: null }, by(ada));
  }
  return sandbox;
}

function numbers({ data }: Answer): unknown[] {
  return listAt(data, "repository", "issues", "nodes").map((node) => at(node, "number"));
}

test("first, last, after and before cut a page out of the list", async () => {
  const { ask, ada } = await makeIssues(5);
  const all = await ask(ada, issues("(first: 100)"));
  const cursors = listAt(all.data, "repository", "issues", "edges").map((edge) => String(at(edge, "cursor")));
  expect(numbers(all)).toEqual([1, 2, 3, 4, 5]);
  expect(numbers(await ask(ada, issues("(first: 2)")))).toEqual([1, 2]);
  expect(numbers(await ask(ada, issues("(last: 2)")))).toEqual([4, 5]);
  expect(numbers(await ask(ada, issues(`(first: 2, after: "${cursors[1]}")`)))).toEqual([3, 4]);
  expect(numbers(await ask(ada, issues(`(last: 2, before: "${cursors[3]}")`)))).toEqual([2, 3]);
  expect(numbers(await ask(ada, issues(`(first: 9, after: "${cursors[0]}", before: "${cursors[3]}")`)))).toEqual([
    2, 3,
  ]);
  expect(numbers(await ask(ada, issues("(first: 0)")))).toEqual([]);
  const middle = await ask(ada, issues(`(first: 2, after: "${cursors[0]}")`));
  expect(at(middle.data, "repository", "issues")).toMatchObject({
    totalCount: 5,
    pageInfo: { hasNextPage: true, hasPreviousPage: true, startCursor: cursors[1], endCursor: cursors[2] },
  });
});

test.each([
  [
    "",
    "MISSING_PAGINATION_BOUNDARIES",
    "You must provide a `first` or `last` value to properly paginate the `issues` connection.",
  ],
  [
    "(first: 150)",
    "EXCESSIVE_PAGINATION",
    "Requesting 150 records on the `issues` connection exceeds the `first` limit of 100 records.",
  ],
  [
    "(last: 101)",
    "EXCESSIVE_PAGINATION",
    "Requesting 101 records on the `issues` connection exceeds the `last` limit of 100 records.",
  ],
  ["(first: -1)", "ARGUMENT_LIMIT", expect.stringContaining("`first`")],
  ["(first: 1, last: 1)", "UNPROCESSABLE", expect.stringContaining("`first` and `last`")],
  ['(first: 1, after: "nonsense")', "INVALID_CURSOR_ARGUMENTS", "`nonsense` does not appear to be a valid cursor."],
])("a page asked for by %j is refused as on GitHub", async (paging, type, message) => {
  const { ask, ada } = await makeIssues(1);
  expect(await ask(ada, issues(paging))).toMatchObject({
    errors: [{ type, message, path: ["repository", "issues"], locations: [{ line: 1, column: 46 }] }],
  });
});

test("who only counts needs no page", async () => {
  const { ask, ada } = await makeIssues(3);
  const query = '{ repository(owner: "acme", name: "tides") { issues { totalCount } } }';
  expect(await ask(ada, query)).toEqual({ data: { repository: { issues: { totalCount: 3 } } } });
});

test("a cursor finds its place again after what it stood for is gone or has moved", async () => {
  const { ask, ada, repository } = await makeIssues(4);
  const page = await ask(ada, issues("(first: 2)"));
  const cursor = String(at(page.data, "repository", "issues", "pageInfo", "endCursor"));
  repository.issues.delete(1);
  expect(numbers(await ask(ada, issues(`(first: 9, after: "${cursor}")`)))).toEqual([3, 4]);
});

const walked: readonly (readonly [string, (paging: string) => string, readonly string[]])[] = [
  ["issues", (paging) => `issues(${paging}) { nodes { key: id } PAGE }`, ["issues"]],
  ["labels", (paging) => `labels(${paging}) { nodes { key: id } PAGE }`, ["labels"]],
  ["refs", (paging) => `refs(refPrefix: "refs/", ${paging}) { nodes { key: id } PAGE }`, ["refs"]],
  [
    "commits of a pull request",
    (paging) => `pullRequest(number: 8) { commits(${paging}) { nodes { key: id } PAGE } }`,
    ["pullRequest", "commits"],
  ],
  [
    "files",
    (paging) => `pullRequest(number: 8) { files(${paging}) { nodes { key: path } PAGE } }`,
    ["pullRequest", "files"],
  ],
  [
    "the timeline",
    (paging) => `pullRequest(number: 8) { timelineItems(${paging}) { nodes { ... on Node { key: id } } PAGE } }`,
    ["pullRequest", "timelineItems"],
  ],
  [
    "history",
    (paging) => `object(expression: "high-water") { ... on Commit { history(${paging}) { nodes { key: id } PAGE } } }`,
    ["object", "history"],
  ],
];

test.each(walked)(
  "walking through %s page by page, in either direction, gives the same list",
  async (_name, field, path) => {
    const { ask, ada, grace, forge, repository } = await makeIssues(7);
    await makePull(forge, { repository, author: grace, commits: ["One", "Two", "Three", "Four", "Five"] });
    const page = async (paging: string) => {
      const text = field(paging).replace(
        "PAGE",
        "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }",
      );
      const { data, errors } = await ask(ada, `{ repository(owner: "acme", name: "tides") { ${text} } }`);
      expect(errors).toBeUndefined();
      const keys = listAt(data, "repository", ...path, "nodes").map((node) => at(node, "key"));
      return {
        keys,
        info: at(data, "repository", ...path, "pageInfo"),
        total: at(data, "repository", ...path, "totalCount"),
      };
    };
    const { keys: all, total } = await page("first: 100");
    expect(total).toBe(all.length);
    expect(new Set(all).size).toBe(all.length);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.boolean(), async (size, isForward) => {
        const found: unknown[] = [];
        let cursor: string | null = null;
        for (let hasMore = true; hasMore; ) {
          const names = isForward
            ? ["first", "after", "hasNextPage", "endCursor"]
            : ["last", "before", "hasPreviousPage", "startCursor"];
          const place: string = cursor === null ? "" : `, ${names[1]}: "${cursor}"`;
          const { keys, info } = await page(`${names[0]}: ${size}${place}`);
          expect(keys.length).toBeLessThanOrEqual(size);
          if (isForward) found.push(...keys);
          else found.unshift(...keys);
          hasMore = at(info, names[2] ?? "") === true;
          cursor = String(at(info, names[3] ?? ""));
        }
        expect(found).toEqual(all);
      }),
      { numRuns: 6 },
    );
  },
);

const merged = `query ($after: String, $direction: OrderDirection!, $field: IssueOrderField!) {
  repository(owner: "acme", name: "tides") {
    pullRequests(states: MERGED, first: 2, after: $after, orderBy: { field: $field, direction: $direction }) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes {
        number commits(first: 50) { totalCount nodes { commit { messageHeadline } } }
        reviews(first: 10) { totalCount } closingIssuesReferences(first: 10) { nodes { number } }
      }
    }
  }
}`;

test("merged pull requests are paged through by their times, though one is updated on the way", async () => {
  const { ask, ada, forge, repository } = await makeSandbox();
  const issue = await openIssue(forge, { repository, title: "Off", body: null }, by(ada));
  const pulls: PullRequest[] = [];
  for (const branch of ["one", "two", "three", "four", "five"]) {
    const commits = [`${branch} 1`, `${branch} 2`].slice(pulls.length % 2);
    const pull = await makePull(forge, { repository, author: ada, commits, branch, body: `Fixes #${issue.number}` });
    await mergePull(forge, { pull, method: "squash" }, by(ada));
    pulls.push(pull);
  }
  await makePull(forge, { repository, author: ada, commits: ["Open"], branch: "open" });
  const updateOnTheWay = async (variables: object) => {
    const seen: unknown[] = [];
    let after: unknown = null;
    do {
      const { data, errors } = await ask(ada, merged, { ...variables, after });
      expect(errors).toBeUndefined();
      const page = at(data, "repository", "pullRequests");
      for (const node of listAt(page, "nodes")) {
        const count = pulls.findIndex((pull) => pull.issue.number === at(node, "number")) % 2 === 0 ? 2 : 1;
        expect(node).toMatchObject({
          commits: { totalCount: count, nodes: Array.from({ length: count }, () => expect.anything()) },
          reviews: { totalCount: 0 },
          closingIssuesReferences: { nodes: [{ number: issue.number }] },
        });
        seen.push(at(node, "number"));
      }
      after = at(page, "pageInfo", "hasNextPage") === true ? at(page, "pageInfo", "endCursor") : null;
      const last = pulls.find((pull) => pull.issue.number === seen.at(-1));
      if (last !== undefined && seen.length === 2) {
        await addComment(forge, { issue: last.issue, body: "Thank you" }, by(ada));
      }
    } while (after !== null);
    return seen;
  };
  expect(await updateOnTheWay({ field: "CREATED_AT", direction: "ASC" })).toEqual([2, 3, 4, 5, 6]);
  expect(await updateOnTheWay({ field: "UPDATED_AT", direction: "ASC" })).toEqual([2, 4, 5, 6, 3, 4]);
  expect(await updateOnTheWay({ field: "CREATED_AT", direction: "DESC" })).toEqual([6, 5, 4, 3, 2]);
});
