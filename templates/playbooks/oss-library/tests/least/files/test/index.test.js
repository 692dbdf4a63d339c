import assert from "node:assert/strict";
import { test } from "node:test";
import { tides } from "tides";

test("the README's first example holds, by the package's own name", () => {
  assert.equal(tides("world"), "Hello, world");
});
