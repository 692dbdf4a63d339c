import assert from "node:assert/strict";
import { test } from "node:test";
import { createVisits } from "../src/visits.js";

test("each visit counts once", async () => {
  let count = 41;
  const database = { query: async () => ({ rows: [{ count: String((count += 1)) }] }) };
  const visits = createVisits(database);
  assert.equal(await visits.count(), 42);
  assert.equal(await visits.count(), 43);
});
