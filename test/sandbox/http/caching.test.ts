import { expect, test } from "vitest";
import { openIssue } from "../../../src/sandbox/actions/issues.ts";
import { send } from "../../support/send.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { by, makeTides } from "../../support/test-app.ts";

const issues = "/repos/acme/tides/issues";

async function start() {
  const sandbox = await startTestSandbox();
  const tides = await makeTides(sandbox);
  for (const title of ["One", "Two", "Three", "Four", "Five"]) {
    await openIssue(sandbox.forge, { repository: tides, title, body: null }, by(sandbox.ada));
  }
  const token = sandbox.tokenOf(sandbox.ada);
  const ask = (path: string, headers = {}) => send(sandbox.forge.web, { path, token, headers });
  return { ...sandbox, tides, ask };
}

test("what has not changed is answered with 304 and nothing else, until it changes", async () => {
  const sandbox = await start();
  const { headers } = await sandbox.ask(issues);
  const etag = headers.etag ?? "";
  for (const seen of [etag, `"other", ${etag}`, etag.replace("W/", "")]) {
    const again = await sandbox.ask(issues, { "if-none-match": seen });
    expect([again.status, again.text, again.headers.etag]).toEqual([304, "", etag]);
  }
  expect((await sandbox.ask(issues, { "if-none-match": '"other"' })).status).toBe(200);
  await openIssue(sandbox.forge, { repository: sandbox.tides, title: "Six", body: null }, by(sandbox.ada));
  expect((await sandbox.ask(issues, { "if-none-match": etag })).status).toBe(200);
});

test("another token's tag is another one, and HEAD tells the same as GET", async () => {
  const { ask, forge, grace, ada, tokenOf } = await start();
  const { headers } = await ask(issues);
  const other = await send(forge.web, { path: issues, token: tokenOf(grace) });
  expect(other.headers.etag).not.toBe(headers.etag);
  const head = await send(forge.web, { method: "HEAD", path: issues, token: tokenOf(ada) });
  expect([head.status, head.text, head.headers.etag]).toEqual([200, "", headers.etag]);
});

test.each([
  ["per_page=2", 2, "next=2 last=3"],
  ["per_page=2&page=2", 2, "prev=1 next=3 last=3 first=1"],
  ["per_page=2&page=3", 1, "prev=2 first=1"],
  ["per_page=2&page=9", 0, "prev=3 first=1"],
  ["per_page=0", 5, ""],
  ["per_page=101", 5, ""],
  ["per_page=abc&page=-1", 5, ""],
  ["page=99999999999999999999", 0, "prev=1 first=1"],
])("a list with %s holds %i and leads on by: %s", async (query, count, expected) => {
  const { ask, forge } = await start();
  const { json, headers } = await ask(`${issues}?${query}`);
  const found = [...String(headers["link"] ?? "").matchAll(/<([^>]+)>; rel="(\w+)"/g)];
  expect(json).toHaveLength(count);
  expect(found.map(([, url = "", name]) => `${name}=${new URL(url).searchParams.get("page")}`).join(" ")).toBe(
    expected,
  );
  expect(found.every(([, url = ""]) => url.startsWith(`${forge.api}${issues}?`))).toBe(true);
});

test("each answer has GitHub's headers, and a number of its own", async () => {
  const { ask } = await start();
  const answers = [await ask(issues), await ask("/repos/acme/none"), await ask(issues)];
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      "x-ratelimit-limit": "5000",
      "x-ratelimit-resource": "core",
      "x-ratelimit-remaining": expect.stringMatching(/^\d+$/),
      "x-ratelimit-reset": expect.stringMatching(/^\d{10}$/),
      "x-github-request-id": expect.stringMatching(/^[\dA-F]{32}$/),
    });
  }
  expect(new Set(answers.map(({ headers }) => headers["x-github-request-id"])).size).toBe(3);
});
