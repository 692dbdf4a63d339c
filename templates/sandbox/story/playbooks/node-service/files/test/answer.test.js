import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { answer } from "../src/answer.js";

test("the service says that it is up", async (context) => {
  const server = createServer(answer).listen(0);
  context.after(() => server.close());
  const response = await fetch(`http://127.0.0.1:${server.address().port}/health`);
  assert.deepEqual(await response.json(), { status: "up" });
});
