import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../src/config.js";

const least = { DATABASE_URL: "postgres://localhost/example" };

test("a database has to be named", () => {
  assert.throws(() => readConfig({}), /DATABASE_URL is not set/);
});

test("there is a port without being asked for", () => {
  assert.equal(readConfig(least).port, 3000);
});

test("a port that cannot be is told", () => {
  assert.throws(() => readConfig({ ...least, PORT: "x" }), /PORT is "x"/);
});
