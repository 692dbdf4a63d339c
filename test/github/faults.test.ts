import { generateKeyPairSync } from "node:crypto";
import nock from "nock";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PostponeUntil } from "../../src/domain/postpone-until.ts";
import { applyActions } from "../../src/github/apply-actions.ts";
import { createOctokitFor } from "../../src/github/create-octokit-for.ts";
import { InstallationGone, InstallationSuspended, MissingPermission, NotThere } from "../../src/github/errors.ts";
import type { GitHubClient } from "../../src/github/github-client.ts";
import { readFileFromRepository } from "../../src/github/read-file-from-repository.ts";
import { readPullRequest } from "../../src/github/read-pull-request.ts";
import { creditPermissions } from "../support/make-github.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});
const now = new Date("2026-03-01T12:00:00Z");
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const place = { owner: "acme", name: "tides" };
const tokenPath = /^\/app\/installations\/\d+\/access_tokens$/;

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  if (left.length > 0) throw new Error(`never sent: ${left.join(", ")}`);
});
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

let installations = 1;

/** A client of an installation that no other test has. */
function makeClient({ host = "https://api.github.com", tokens = 1 } = {}): GitHubClient {
  const base = new URL(host);
  const api = nock(base.origin);
  const prefix = base.pathname === "/" ? "" : base.pathname;
  const token = { token: "ghs_1", expires_at: "2099-01-01T00:00:00Z", permissions: {}, repository_selection: "all" };
  const path = new RegExp(`^${prefix}/app/installations/\\d+/access_tokens$`);
  if (tokens > 0) api.post(path).times(tokens).reply(201, token);
  api.get(`${prefix}/app`).optionally().reply(200, { slug: "curtain-call" });
  installations += 1;
  const octokitFor = createOctokitFor({
    appId: 1,
    privateKey,
    baseUrl: host,
    userAgent: "curtain-call-tests",
    log: silent,
    clock: () => now,
    pause: 0,
  });
  return octokitFor(installations, { permissions: creditPermissions });
}

const api = (): nock.Scope => nock("https://api.github.com");
const readFile = (client: GitHubClient): Promise<unknown> => readFileFromRepository(client, { ...place, path: "a" });
const write = (client: GitHubClient): Promise<unknown> => {
  const existing = { id: 8, body: "Before" };
  return applyActions(client, place, [
    { kind: "upsert comment", number: 5, marker: "<!-- m -->", body: "<!-- m --> After", existing },
  ]);
};
const onRead = (): nock.Interceptor => api().post("/graphql");
const onWrite = (): nock.Interceptor => api().patch("/repos/acme/tides/issues/comments/8");

const refusals: [what: string, status: number, headers: Record<string, string>, message: string, expected: object][] = [
  [
    "403 for a permission",
    403,
    { "x-accepted-github-permissions": "issues=write; pull_requests=write" },
    "Resource not accessible by integration",
    new MissingPermission(["issues: write or pull_requests: write"]),
  ],
  ["403 for a suspension", 403, {}, "This installation has been suspended", { name: "InstallationSuspended" }],
  ["403 that nobody foresaw", 403, {}, "No", { status: 403 }],
  ["422", 422, {}, "Validation Failed", { status: 422 }],
  [
    "429 with a time to wait",
    429,
    { "retry-after": "90" },
    "Slow down",
    { name: "PostponeUntil", moment: new Date("2026-03-01T12:01:30Z") },
  ],
  [
    "403 for a secondary limit",
    403,
    { "retry-after": "60" },
    "You have exceeded a secondary rate limit",
    { name: "PostponeUntil", moment: new Date("2026-03-01T12:01:00Z") },
  ],
  [
    "403 for a secondary limit without a time",
    403,
    {},
    "You have exceeded a secondary rate limit",
    { name: "PostponeUntil", moment: new Date("2026-03-01T12:01:00Z") },
  ],
  [
    "403 for the limit of the hour",
    403,
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1772368200" },
    "API rate limit exceeded",
    { name: "PostponeUntil", moment: new Date("2026-03-01T12:30:01Z") },
  ],
  ["500", 500, {}, "Server Error", { status: 500 }],
  ["502", 502, {}, "Server Error", { status: 502 }],
];

test.for(refusals)("a read answered by %s", async ([, status, headers, message, expected]) => {
  const client = makeClient();
  onRead().reply(status, { message }, headers);
  await expect(readFile(client)).rejects.toMatchObject(expected);
});

test.for(refusals)("a write answered by %s", async ([, status, headers, message, expected]) => {
  const client = makeClient();
  onWrite().reply(status, { message }, headers);
  await expect(write(client)).rejects.toMatchObject(expected);
});

test("a read of what is not there says so, an edit of it that it is gone", async () => {
  const client = makeClient();
  onRead().reply(404, { message: "Not Found" });
  await expect(readFile(client)).rejects.toThrow(NotThere);
  onWrite().reply(404, { message: "Not Found" });
  await expect(write(client)).resolves.toMatchObject([{ outcome: "gone" }]);
});

test.for([
  ["read", onRead, readFile],
  ["write", onWrite, write],
] as const)("a %s refused by 401 is sent again with a new token, once", async ([, on, send]) => {
  const client = makeClient({ tokens: 2 });
  on().times(2).reply(401, { message: "Bad credentials" });
  await expect(send(client)).rejects.toMatchObject({ status: 401 });
});

test("whoever was told to wait sends nothing until then", async () => {
  const client = makeClient();
  onWrite().reply(429, { message: "Slow down" }, { "retry-after": "90" });
  await expect(write(client)).rejects.toThrow(PostponeUntil);
  await expect(readFile(client)).rejects.toThrow(PostponeUntil);
});

test("GraphQL's own limit is read from its answer", async () => {
  const client = makeClient();
  const errors = [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }];
  onRead().reply(200, { errors }, { "x-ratelimit-reset": "1772368200" });
  await expect(readFile(client)).rejects.toMatchObject({
    name: "PostponeUntil",
    moment: new Date("2026-03-01T12:30:01Z"),
  });
});

test.for([
  [404, "Not Found", InstallationGone],
  [403, "This installation has been suspended", InstallationSuspended],
  [429, "Slow down", PostponeUntil],
] as const)("a token refused by %i", async ([status, message, expected]) => {
  const client = makeClient({ tokens: 0 });
  api().post(tokenPath).reply(status, { message });
  await expect(readFile(client)).rejects.toThrow(expected);
});

test("an app that GitHub does not know has lost no installation", async () => {
  const client = makeClient({ tokens: 0 });
  for (const [status, message] of [
    [404, "Integration not found"],
    [401, "A JSON web token could not be decoded"],
  ] as const) {
    api().post(tokenPath).reply(status, { message });
    await expect(readFile(client)).rejects.toThrow("GitHub does not know the app 1 by its private key");
  }
});

test("on a GitHub Enterprise Server tokens and queries go there, and nowhere else", async () => {
  const client = makeClient({ host: "https://github.example.com/api/v3" });
  const data = { repository: { object: { text: "Hello" } } };
  nock("https://github.example.com", { reqheaders: { authorization: "token ghs_1" } })
    .post("/api/graphql")
    .reply(200, { data });
  expect(await readFile(client)).toBe("Hello");
});

test("a token is asked for with the repository and the permissions of the job, and only once", async () => {
  const body = { repository_ids: [42], permissions: { contents: "read" } };
  api()
    .post("/app/installations/70001/access_tokens", body)
    .reply(201, { token: "ghs_1", expires_at: "2099-01-01T00:00:00Z", permissions: {} });
  onRead()
    .times(2)
    .reply(200, { data: { repository: { object: null } } });
  const octokitFor = createOctokitFor({
    appId: 1,
    privateKey,
    baseUrl: "https://api.github.com",
    userAgent: "curtain-call-tests",
    log: silent,
    clock: () => now,
  });
  const job = { repositoryId: 42, permissions: { contents: "read" } } as const;
  expect(await readFile(octokitFor(70001, job))).toBeNull();
  expect(await readFile(octokitFor(70001, job))).toBeNull();
});

test("a query that is too much for GitHub is asked again for half", async () => {
  const client = makeClient();
  const sizes: unknown[] = [];
  api()
    .post("/graphql", ({ variables }: { variables: { commitsSize: number; reviewsSize: number } }) => {
      sizes.push([variables.commitsSize, variables.reviewsSize]);
      return true;
    })
    .times(5)
    .reply(502, "<html>");
  const wish = { ...place, number: 5, marker: "<!-- m -->" };
  await expect(readPullRequest(client, wish)).rejects.toMatchObject({ status: 502 });
  expect(sizes).toEqual([
    [50, 100],
    [25, 50],
    [12, 25],
    [6, 12],
    [3, 6],
  ]);
});

const bare = {
  repository: {
    databaseId: 42,
    name: "tides",
    owner: { login: "acme" },
    isPrivate: false,
    url: "https://github.example.com/acme/tides",
    defaultBranchRef: null,
    squashMergeCommitTitle: "PR_TITLE",
    squashMergeCommitMessage: "BLANK",
    mergeCommitAllowed: true,
    squashMergeAllowed: true,
    rebaseMergeAllowed: true,
    merged: { totalCount: 0 },
    pullRequest: {
      number: 5,
      title: "Add high water",
      body: "",
      url: "https://github.example.com/acme/tides/pull/5",
      author: null,
      state: "OPEN",
      isDraft: false,
      baseRefName: "main",
      isInMergeQueue: false,
      mergedAt: null,
      mergedBy: null,
      mergeCommit: null,
      head: { nodes: [null] },
      commits: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [null] },
      reviews: null,
      closingIssues: null,
      comments: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: null },
    },
  },
};

test("what GitHub refuses to say about a squash is left out, and every null that its schema allows is taken", async () => {
  const client = makeClient();
  const path = ["repository", "pullRequest", "squashBody"];
  const errors = [{ type: "FORBIDDEN", path, message: "Resource not accessible by integration" }];
  onRead().reply(200, { data: { repository: { ...bare.repository, pullRequest: null } }, errors });
  api()
    .post("/graphql", ({ variables }: { variables: { squash: boolean } }) => !variables.squash)
    .reply(200, { data: bare });
  const reading = await readPullRequest(client, { ...place, number: 5, marker: "<!-- m -->" });
  expect(reading?.facts).toMatchObject({ proposedSquash: null, commits: [], reviews: [], ownComment: null });
  expect([...(reading?.withheld ?? [])]).toEqual(["proposed squash"]);
});

test("an answer of another shape than GitHub's schema is not taken for facts", async () => {
  const client = makeClient();
  onRead().reply(200, { data: { repository: { ...bare.repository, databaseId: "42" } } });
  await expect(readPullRequest(client, { ...place, number: 5, marker: "<!-- m -->" })).rejects.toThrow("databaseId");
});
