import { connect } from "node:net";
import { expect, test } from "vitest";
import { gitHubLimits } from "../../../src/sandbox/limits/create-limiter.ts";
import { loadApiDescription } from "../../../src/sandbox/rest/describe-api.ts";
import { type Sending, send } from "../../support/send.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { makeTides } from "../../support/test-app.ts";

const issues = "/api/v3/repos/acme/tides/issues";
const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;

async function start() {
  const sandbox = await startTestSandbox();
  await makeTides(sandbox);
  const token = sandbox.tokenOf(sandbox.ada);
  const ask = (sending: Sending) => send(sandbox.forge.web, { token, ...sending });
  return { ...sandbox, ask };
}

test.each([
  ["no JSON", "{", 400, "Problems parsing JSON"],
  ["two things at once", "{} {}", 400, "Problems parsing JSON"],
  ["brackets without an end in sight", deep, 400, "Problems parsing JSON"],
  ["a title that is too deep", `{"title":${deep}}`, 400, "Problems parsing JSON"],
  ["a list", "[]", 422, "Invalid request.\n\n"],
  ["a text", '"title"', 422, "Invalid request.\n\n"],
  ["null", "null", 422, "Invalid request.\n\n"],
  ["nothing", "", 422, "Invalid request.\n\n"],
  ["no title", "{}", 422, 'Invalid request.\n\n"title" wasn\'t supplied.'],
  [
    "labels that are none",
    '{"title":"x","labels":7}',
    422,
    "Invalid request.\n\nFor 'properties/labels', 7 is not an array.",
  ],
] as const)("an issue out of %s is refused as GitHub refuses it", async (_, body, status, message) => {
  const { ask } = await start();
  const answer = await ask({ method: "POST", path: issues, body });
  expect(answer.status).toBe(status);
  expect(answer.json.message).toContain(message);
  expect(answer.json).toMatchObject({ status: String(status), documentation_url: expect.stringContaining("https://") });
});

test("what GitHub does not know is ignored over HTTP, and we hear of it", async () => {
  const { ask, problems } = await start();
  const answer = await ask({ method: "POST", path: `${issues}?sort=x`, body: { title: "x", colour: "red" } });
  expect(answer.status).toBe(201);
  expect(problems.splice(0)).toEqual([
    'issues/create does not know query "sort".',
    'issues/create does not know body "colour".',
  ]);
});

test.each([
  ["GET", "/api/v3/nowhere"],
  ["GET", "/api/v3"],
  ["PURGE", issues],
  ["DELETE", issues],
  ["TRACE", issues],
  ["OPTIONS", issues],
  ["HEAD", issues],
  ["GET", "/repos/acme/none/issues"],
  ["GET", "/repos/nobody/tides"],
  ["GET", "/repos/acme/tides/issues/0x1"],
  ["GET", "/repos/acme/tides/issues/99999999999999999999"],
  ["GET", "/graphql"],
  ["GET", "/_sandbox/nowhere"],
  ["GET", "/acme/none"],
])("%s %s is answered, and breaks nothing", async (method, path) => {
  const { ask, problems } = await start();
  const answer = await ask({ method, path });
  expect(answer.status).toBeLessThan(500);
  expect(method === "HEAD" ? [answer.status, answer.text] : [200, ""]).toEqual([200, ""]);
  expect(/none|nobody/.test(path) ? answer.status : 404).toBe(404);
  expect(problems.splice(0).filter((problem) => !problem.endsWith("is no route of the sandbox."))).toEqual([]);
});

test("a body that is too large is refused before it is read, whether or not it tells its length", async () => {
  const { ask } = await start();
  const told = await ask({
    method: "POST",
    path: issues,
    headers: { "content-length": String(101 * 1024 * 1024) },
    body: [],
  });
  expect(told.status).toBe(413);
  const megabyte = Buffer.alloc(1024 * 1024, 32);
  const chunked = await ask({ method: "POST", path: issues, body: Array.from({ length: 102 }, () => megabyte) });
  expect(chunked.status).toBe(413);
  expect(
    (await ask({ method: "POST", path: issues, body: [Buffer.from('{"title":'), Buffer.from('"x"}')] })).status,
  ).toBe(201);
});

test("headers and addresses may be long, and not endless", async () => {
  const { ask } = await start();
  expect((await ask({ path: issues, headers: { "x-much": "x".repeat(100_000) } })).status).toBe(431);
  expect((await ask({ path: `${issues}?labels=${"x".repeat(100_000)}` })).status).toBe(431);
  expect((await ask({ path: `${issues}?labels=${"x".repeat(8000)}` })).json).toEqual([]);
});

test("no name in a path breaks anything", async () => {
  const { ask, problems } = await start();
  const names = [
    "%00",
    "a%00b",
    "..%2f..%2fetc",
    "%2e%2e",
    "%ff",
    "%zz",
    "--all",
    "%F0%9F%92%A5",
    "a%0ab",
    "main:README.md",
  ];
  const more = [
    "99999999999999999999",
    "HEAD~1",
    "@%7B-1%7D",
    "__proto__",
    "constructor",
    "%ed%a0%80",
    "x".repeat(3000),
    "...",
  ];
  const description = await loadApiDescription();
  const usual: Record<string, string> = { owner: "acme", repo: "tides", org: "acme", username: "ada" };
  const reads = description.operationIds
    .map((id) => ({ id, ...operationOf(description, id) }))
    .filter(
      ({ method, path }) => method === "GET" && /^\/(repos|orgs|users)\//.test(path) && path.split("/").length < 7,
    );
  const broken: string[] = [];
  for (const { path } of reads) {
    const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    const last = places.at(-1);
    for (const hostile of [...names, ...more]) {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => (name === last ? hostile : (usual[name] ?? "1")));
      const { status } = await ask({ path: filled });
      if (status >= 500) broken.push(`${status} ${filled}`);
    }
  }
  expect(broken).toEqual([]);
  problems.splice(0);
}, 120_000);

function operationOf(description: Awaited<ReturnType<typeof loadApiDescription>>, id: string) {
  const { method, path } = description.operation(id);
  return { method, path };
}

test("a name that is not this machine's gets no answer, so that no page elsewhere gets in by it", async () => {
  const { ask } = await start();
  for (const host of ["example.com", "127.0.0.1.example.com", "169.254.169.254", "0.0.0.0"]) {
    expect([host, (await ask({ path: issues, headers: { host } })).status]).toEqual([host, 403]);
  }
  expect((await ask({ path: issues, headers: { host: "localhost:1" } })).status).toBe(200);
});

test("no page elsewhere controls the sandbox", async () => {
  const { ask } = await start();
  const body = { enabled: true };
  const limits = { method: "PUT", path: "/_sandbox/limits", body };
  expect((await ask({ ...limits, headers: { origin: "https://example.com" } })).status).toBe(403);
  expect((await ask({ ...limits, headers: { origin: "null" } })).status).toBe(403);
  expect((await ask({ ...limits, headers: { "content-type": "text/plain" } })).status).toBe(415);
  expect((await ask({ path: "/_sandbox/limits" })).json).toEqual({ enabled: false });
  expect((await ask(limits)).json).toEqual({ ...gitHubLimits, enabled: true });
  expect((await ask({ ...limits, body: { enabled: "yes" } })).status).toBe(422);
  expect((await ask({ ...limits, body: "{" })).status).toBe(400);
});

test.each([
  ["no JSON", "{", 400, { message: "Problems parsing JSON" }],
  ["a list", "[]", 400, { message: "Body should be a JSON object" }],
  ["no query", "{}", 200, { errors: [{ message: "A query attribute must be specified and must be a string." }] }],
  ["half a query", '{"query":"{ viewer {"}', 200, { errors: [{}] }],
  [
    "an unknown field",
    '{"query":"{ viewr { login } }"}',
    200,
    { errors: [{ extensions: { code: "undefinedField" } }] },
  ],
  [
    "variables that are none",
    '{"query":"{ viewer { login } }","variables":7}',
    400,
    { message: "Variables should be a JSON object" },
  ],
  ["braces without an end in sight", `{"query":"${"{a".repeat(14_000)}"}`, 200, { errors: [{}] }],
  ["a depth that is too much", `{"query":"${"{a".repeat(9000)}${"}".repeat(9000)}"}`, 200, { errors: [{}] }],
  [
    "lists in lists",
    `{"query":"{ node(id: ${"[".repeat(14_000)}${"]".repeat(14_000)}) { id } }"}`,
    200,
    { errors: [{}] },
  ],
] as const)("GraphQL with %s is answered in GitHub's shape", async (_, body, status, json) => {
  const { ask } = await start();
  const answer = await ask({ method: "POST", path: "/graphql", body });
  expect(answer.status).toBe(status);
  expect(answer.json).toMatchObject(json);
});

test("GraphQL asks who is there", async () => {
  const { forge } = await start();
  const answer = await send(forge.web, { method: "POST", path: "/graphql", body: { query: "{ viewer { login } }" } });
  expect([answer.status, answer.json.message]).toEqual([401, "This endpoint requires you to be authenticated."]);
});

test("whoever goes away in the middle of a request breaks nothing", async () => {
  const { ask, forge } = await start();
  for (const path of [issues, "/graphql", "/_sandbox/people", "/acme/tides.git/git-receive-pack"]) {
    const socket = connect(Number(new URL(forge.web).port), "127.0.0.1");
    socket.on("error", () => {});
    const type = path.endsWith("pack") ? "application/x-git-receive-pack-request" : "application/json";
    const token = Buffer.from(`x:${[...forge.state.tokens.keys()][0]}`).toString("base64");
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: 100\r\n`;
    await new Promise((resolve) => socket.write(`${head}Authorization: Basic ${token}\r\n\r\n{"tit`, resolve));
    socket.destroy();
  }
  expect((await ask({ path: issues })).json).toEqual([]);
});
