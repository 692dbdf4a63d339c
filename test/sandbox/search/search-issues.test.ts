import { expect, test } from "vitest";
import { deletePerson } from "../../../src/sandbox/actions/accounts.ts";
import { createInstallationToken, installApp, registerApp } from "../../../src/sandbox/actions/apps.ts";
import { addComment } from "../../../src/sandbox/actions/comments.ts";
import { closeIssue, openIssue, setLabels } from "../../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../../src/sandbox/actions/merge-pull.ts";
import { createRepository } from "../../../src/sandbox/actions/repositories.ts";
import { authenticate } from "../../../src/sandbox/identity/authenticate.ts";
import type { Permissions } from "../../../src/sandbox/model/app.ts";
import { type Answer, at, by, listAt, makePull, makeSandbox } from "../../support/graphql-sandbox.ts";
import { send } from "../../support/send.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { installTestApp, makeTides } from "../../support/test-app.ts";

const searchFor = `query ($query: String!) { search(query: $query, type: ISSUE, first: 100) {
  issueCount nodes { __typename ... on Issue { number } ... on PullRequest { number } }
} }`;

function found({ data, errors }: Answer): unknown[] {
  expect(errors).toBeUndefined();
  const nodes = listAt(data, "search", "nodes");
  expect(at(data, "search", "issueCount")).toBe(nodes.length);
  return nodes.map((node) => at(node, "number"));
}

/** Four issues and three pull requests; the clock goes on by a second at each look. */
async function makeHistory() {
  const sandbox = await makeSandbox();
  const { forge, repository, ada, grace, eve, acme } = sandbox;
  const bug = repository.labels.filter(({ name }) => name === "bug");
  const help = repository.labels.filter(({ name }) => name === "help wanted");
  const one = await openIssue(forge, { repository, title: "High water is late", body: "It says noon." }, by(eve));
  await setLabels(forge, { issue: one, labels: [...bug, ...help] }, by(ada));
  const two = await openIssue(forge, { repository, title: "Low water", body: "Never at high tide" }, by(ada));
  await setLabels(forge, { issue: two, labels: bug }, by(ada));
  await closeIssue(forge, { issue: two }, by(ada));
  const first = await makePull(forge, { repository, author: grace, commits: ["One"], branch: "one" });
  await mergePull(forge, { pull: first, method: "squash" }, by(ada));
  const second = await makePull(forge, { repository, author: grace, commits: ["Two"], branch: "two" });
  await closeIssue(forge, { issue: second.issue }, by(grace));
  await makePull(forge, { repository, author: eve, commits: ["Three"], branch: "three", body: "See noon:later" });
  await addComment(forge, { issue: one, body: "A lighthouse" }, by(ada));
  const wanted = { owner: acme, name: "secret", private: true, autoInit: true };
  const secret = await createRepository(forge, wanted, by(ada));
  await openIssue(forge, { repository: secret, title: "High and hidden", body: null }, by(ada));
  return { ...sandbox, secret, first };
}

test("qualifiers and words find what they find on GitHub", async () => {
  const { ask, grace, first } = await makeHistory();
  const merged = first.merged?.at.toISOString().replace(/\.\d+Z$/, "Z");
  const table: [string, number[]][] = [
    ["", [5, 4, 3, 2, 1]],
    ["is:issue", [2, 1]],
    ["type:pr", [5, 4, 3]],
    ["is:pull-request is:open", [5]],
    ["is:pr is:closed", [4, 3]],
    ["is:merged", [3]],
    ["is:unmerged state:closed", [4]],
    ["author:GRACE", [4, 3]],
    ["author:@me is:merged", [3]],
    ["-author:grace", [5, 2, 1]],
    ['label:"help wanted"', [1]],
    ["label:BUG label:nothing", []],
    ['label:bug,"help wanted"', [2, 1]],
    ['label:bug -label:"help wanted"', [2]],
    ["commenter:ada", [1]],
    ["head:two", [4]],
    ["noon", [5, 1]],
    ["noon:later", [5]],
    ["HIGH water", [5, 4, 3, 2, 1]],
    ["HIGH tide", [2]],
    ['"high water is"', [1]],
    ["wate", []],
    ["lighthouse", [1]],
    ["lighthouse in:title", []],
    ["high in:body", [2]],
    ["high NOT late is:issue", [2]],
    ["is:issue sort:created-asc", [1, 2]],
    ["is:nonsense", []],
    ["created:2026-01-01", [5, 4, 3, 2, 1]],
    ["created:<2026-01-01", []],
    [`merged:${merged}`, [3]],
    [`merged:>=${merged}`, [3]],
    [`merged:<${merged}`, []],
    [`closed:>${merged}`, [4]],
    [`closed:2026-01-01..${merged}`, [3, 2]],
  ];
  for (const [query, numbers] of table) {
    const answer = await ask(grace, searchFor, { query: `repo:acme/tides ${query}` });
    expect([query, found(answer)]).toEqual([query, numbers]);
  }
});

test("only what may be read is found, wherever it is looked for", async () => {
  const { forge, ask, ada, acme, eve } = await makeHistory();
  const everywhere = "High is:issue sort:created-asc";
  expect(found(await ask(ada, searchFor, { query: everywhere }))).toEqual([1, 2, 1]);
  expect(found(await ask(eve, searchFor, { query: everywhere }))).toEqual([1, 2]);
  for (const place of ["org:acme", "user:ACME", "repo:acme/tides repo:acme/secret", "repo:acme/none repo:acme/tides"]) {
    expect([place, found(await ask(eve, searchFor, { query: `${place} ${everywhere}` }))]).toEqual([place, [1, 2]]);
  }
  expect(found(await ask(ada, searchFor, { query: `org:acme -repo:acme/tides` }))).toEqual([1]);
  const { app } = await registerApp(forge, {
    name: "Helper",
    owner: acme,
    webhookUrl: null,
    permissions: { issues: "read" },
    events: [],
  });
  const installation = await installApp(forge, { app, account: acme, repositories: null }, by(ada));
  const askAs = async (permissions: Permissions) => {
    const { text } = createInstallationToken(forge, installation, { permissions });
    return found(await ask(await authenticate(forge, `token ${text}`), searchFor, { query: "repo:acme/secret" }));
  };
  expect(await askAs({ issues: "read" })).toEqual([1]);
  expect(await askAs({ metadata: "read" })).toEqual([]);
});

test("what is not there is counted as none, beside what is, in as many searches as one query has", async () => {
  const { ask, eve, forge, grace } = await makeHistory();
  deletePerson(forge, grace);
  const searches = [
    "repo:acme/tides author:eve is:pr",
    "repo:acme/tides author:grace is:merged",
    "repo:acme/tides author:nobody",
    "repo:acme/none",
    "repo:acme/secret",
    "org:nobody",
    "repo:acme/tides created:yesterday",
  ];
  const fields = Array.from({ length: 100 }, (_, index) => {
    const query = JSON.stringify(searches[index % searches.length]);
    return `a${index}: search(query: ${query}, type: ISSUE) { issueCount }`;
  });
  const { data, errors } = await ask(eve, `{ ${fields.join(" ")} }`);
  expect(errors).toBeUndefined();
  const counts = fields.map((_, index) => at(data, `a${index}`, "issueCount"));
  expect(counts).toEqual(fields.map((_, index) => (index % searches.length === 0 ? 1 : 0)));
});

test("what GitHub can search by and the sandbox cannot is an error that names it", async () => {
  const { ask, ada } = await makeHistory();
  const { errors } = await ask(ada, searchFor, { query: "repo:acme/tides milestone:One" });
  expect(errors).toMatchObject([{ path: ["search"], message: "The sandbox has no milestone: in searches" }]);
});

test("a page of what is found leads to the next", async () => {
  const { ask, eve } = await makeHistory();
  const page = (after: string | null) =>
    ask(
      eve,
      `query ($after: String) { search(query: "repo:acme/tides", type: ISSUE, first: 2, after: $after) {
        issueCount edges { cursor node { ... on Issue { number } ... on PullRequest { number } } }
        pageInfo { hasNextPage endCursor }
      } }`,
      { after },
    );
  const numbers: unknown[] = [];
  let after: string | null = null;
  do {
    const { data }: Answer = await page(after);
    numbers.push(...listAt(data, "search", "edges").map((edge) => at(edge, "node", "number")));
    const info = at(data, "search", "pageInfo");
    after = at(info, "hasNextPage") === true ? String(at(info, "endCursor")) : null;
  } while (after !== null);
  expect(numbers).toEqual([5, 4, 3, 2, 1]);
});

test("REST finds the same, sorts it, and refuses what is not there", async () => {
  const sandbox = await startTestSandbox();
  const { forge, ada, hedy, tokenOf } = sandbox;
  const repository = await makeTides(sandbox, { private: true });
  for (const title of ["High", "Low", "High again"])
    await openIssue(forge, { repository, title, body: null }, by(hedy));
  const search = async (q: string, { token = tokenOf(ada), more = "" } = {}) =>
    send(forge.web, { path: `/search/issues?q=${encodeURIComponent(q)}${more}`, token });
  const { json } = await search("repo:acme/tides high in:title", { more: "&sort=created&order=asc" });
  expect(json).toMatchObject({ total_count: 2, incomplete_results: false, items: [{ number: 1 }, { number: 3 }] });
  const paged = await search("org:acme author:hedy", { more: "&per_page=1&page=2" });
  expect(paged.json.items).toMatchObject([{ number: 2 }]);
  expect(paged.headers["link"]).toContain('rel="last"');
  const places = "The listed users and repositories cannot be searched";
  for (const [q, message] of [
    ["repo:acme/none", places],
    ["repo:acme/tides author:nobody", "The listed users cannot be searched"],
    ["repo:acme/tides closed:soon", '"soon" is not a recognized date/time format.'],
  ] as const) {
    const refused = await search(q);
    expect([refused.status, refused.json.message]).toEqual([422, "Validation Failed"]);
    expect(refused.json.errors).toMatchObject([{ resource: "Search", field: "q", code: "invalid" }]);
    expect(refused.json.errors[0].message).toContain(message);
  }
  const stranger = await search("repo:acme/tides", { token: tokenOf(hedy) });
  expect(stranger.json.errors[0].message).toContain(places);
  expect((await search("high", { token: tokenOf(hedy) })).json.total_count).toBe(0);
  const { token } = await installTestApp(sandbox, { permissions: { issues: "read" } });
  expect((await search("repo:acme/tides author:hedy is:open", { token })).json.total_count).toBe(3);
  expect((await send(forge.web, { path: "/search/issues", token })).status).toBe(422);
});
