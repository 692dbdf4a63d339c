import { expect, test } from "vitest";
import { send } from "../support/send.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";
import { makeTides } from "../support/test-app.ts";

const issues = "/repos/acme/tides/issues";

async function start(limits: object) {
  let time = Date.UTC(2026, 5, 1, 12);
  const sandbox = await startTestSandbox({ clock: () => new Date(time) });
  await makeTides(sandbox);
  const { web } = sandbox.forge;
  const token = sandbox.tokenOf(sandbox.ada);
  await send(web, { method: "PUT", path: "/_sandbox/limits", body: { enabled: true, ...limits } });
  const read = (path = issues) => send(web, { path, token });
  const write = () => send(web, { method: "POST", path: issues, token, body: { title: "x" } });
  const query = (text = "{ viewer { login } }") =>
    send(web, { method: "POST", path: "/graphql", token, body: { query: text } });
  const wait = (seconds: number): void => void (time += seconds * 1000);
  return { ...sandbox, web, token, read, write, query, wait };
}

test("without limits asked for, everybody is let in, and counted", async () => {
  const { web, read } = await start({});
  await send(web, { method: "PUT", path: "/_sandbox/limits", body: { enabled: false } });
  for (let count = 1; count <= 30; count += 1) expect((await read()).headers["x-ratelimit-used"]).toBe(String(count));
});

test("the hour's requests come to an end, and back by the clock; asking how many are left is free", async () => {
  const { read, wait } = await start({ perHour: 3 });
  for (const remaining of ["2", "1", "0"]) expect((await read()).headers["x-ratelimit-remaining"]).toBe(remaining);
  const refused = await read();
  expect(refused.status).toBe(403);
  expect(refused.json.message).toMatch(/^API rate limit exceeded for user ID \d+\.$/);
  expect(refused.headers["x-ratelimit-reset"]).toBe(String(Date.UTC(2026, 5, 1, 13) / 1000));
  for (let count = 0; count < 5; count += 1) {
    expect((await read("/rate_limit")).json.resources.core).toMatchObject({ limit: 3, used: 3, remaining: 0 });
  }
  wait(3600);
  expect((await read()).status).toBe(200);
});

test("whoever is not signed in has an hour's limit of their own", async () => {
  const { web, read } = await start({ anonymousPerHour: 1 });
  expect((await send(web, { path: issues })).headers["x-ratelimit-limit"]).toBe("1");
  expect((await send(web, { path: issues })).status).toBe(403);
  expect((await read()).status).toBe(200);
});

test("writing costs five points of a minute, reading one", async () => {
  const { read, write, wait } = await start({ restPointsPerMinute: 6 });
  expect([(await write()).status, (await read()).status]).toEqual([201, 200]);
  const refused = await read();
  expect([refused.status, refused.headers["retry-after"]]).toEqual([403, "60"]);
  expect(refused.json.message).toContain("secondary rate limit");
  wait(45);
  expect((await read()).headers["retry-after"]).toBe("15");
  wait(15);
  expect((await read()).status).toBe(200);
});

test("content is created so often a minute, and so often an hour; reading goes on", async () => {
  const { read, write, wait } = await start({ createdPerMinute: 2, createdPerHour: 3 });
  expect([(await write()).status, (await write()).status]).toEqual([201, 201]);
  const minute = await write();
  expect([minute.status, minute.headers["retry-after"]]).toEqual([403, "60"]);
  expect(minute.json.message).toContain("temporarily blocked from content creation");
  expect((await read()).status).toBe(200);
  wait(60);
  expect((await write()).status).toBe(201);
  expect((await write()).headers["retry-after"]).toBe("3540");
  wait(3540);
  expect((await write()).status).toBe(201);
});

test("so many requests at once, and no more", async () => {
  const { read } = await start({ atOnce: 1 });
  const statuses = (await Promise.all([read(), read(), read(), read()])).map(({ status }) => status);
  expect(statuses).toContain(200);
  expect((await read()).status).toBe(200);
});

test("GraphQL spends points of its own, and tells the same everywhere", async () => {
  const { read, query } = await start({ perHour: 2, graphqlPointsPerMinute: 2 });
  const asked = await query("{ rateLimit { limit used remaining } }");
  expect(asked.json.data.rateLimit).toEqual({ limit: 2, used: 1, remaining: 1 });
  expect(asked.headers).toMatchObject({ "x-ratelimit-resource": "graphql", "x-ratelimit-used": "1" });
  expect((await read("/rate_limit")).json.resources).toMatchObject({ graphql: { used: 1 }, core: { used: 0 } });
  await query();
  expect((await query()).status).toBe(403);
  expect((await read()).status).toBe(200);
});

test("searches have a count of their own, by the minute, and fewer for strangers", async () => {
  const { web, read, wait } = await start({ searchesPerMinute: 2, anonymousSearchesPerMinute: 1 });
  const search = "/search/issues?q=repo:acme/tides";
  expect((await read(search)).headers).toMatchObject({
    "x-ratelimit-resource": "search",
    "x-ratelimit-limit": "2",
    "x-ratelimit-remaining": "1",
  });
  expect((await read("/rate_limit")).json.resources).toMatchObject({ search: { used: 1 }, core: { used: 0 } });
  expect([(await read(search)).status, (await read(search)).status, (await read()).status]).toEqual([200, 403, 200]);
  expect([(await send(web, { path: search })).status, (await send(web, { path: search })).status]).toEqual([200, 403]);
  wait(60);
  expect((await read(search)).status).toBe(200);
});
