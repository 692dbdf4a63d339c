import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { createServer } from "../src/server.js";

/** Starts the service on a free port of this machine, and gives a function that asks it. */
async function start(t, parts = {}) {
  const server = createServer({ log: { error() {} }, visits: { count: async () => 1 }, ...parts });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return async (path, options) => {
    const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`, options);
    return { status: response.status, body: await response.json() };
  };
}

test("says who it is", async (t) => {
  const ask = await start(t);
  const { status, body } = await ask("/");
  assert.equal(status, 200);
  assert.equal(body.service, "tides");
});

test("is healthy while all that it needs is there", async (t) => {
  const ask = await start(t, { checks: { database: async () => {} } });
  assert.deepEqual(await ask("/health"), { status: 200, body: { status: "ok" } });
});

test("says what is missing", async (t) => {
  const ask = await start(t, { checks: { database: async () => Promise.reject(new Error("gone")), queue: async () => {} } });
  assert.deepEqual(await ask("/health"), { status: 503, body: { status: "failing", failed: ["database"] } });
});

test("knows what it does not have", async (t) => {
  const ask = await start(t);
  assert.equal((await ask("/nothing")).status, 404);
  assert.equal((await ask("/", { method: "POST" })).status, 404);
});
