import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasLedgerKey, keepLedgerKey, makeLedgerKey, parseLedgerKey } from "../../src/main/ledger-key.ts";
import { temporaryFolder } from "../support/repository.ts";

test("a data folder gets a key of its own at the first start, for its owner alone, and keeps it", async () => {
  const folder = temporaryFolder();
  expect(await hasLedgerKey(folder)).toBe(false);
  const key = await keepLedgerKey(folder);
  expect(key).toHaveLength(32);
  expect(statSync(join(folder, "ledger.key")).mode & 0o777).toBe(0o600);
  expect(await keepLedgerKey(folder)).toEqual(key);
  expect(await hasLedgerKey(folder)).toBe(true);
});

test("of several that start at once all have the same key", async () => {
  const folder = temporaryFolder();
  const keys = await Promise.all([1, 2, 3, 4].map(() => keepLedgerKey(folder)));
  expect(new Set(keys.map((key) => Buffer.from(key).toString("hex"))).size).toBe(1);
});

test("a file that holds no key is told of, and never written over", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "ledger.key"), "not a key\n");
  await expect(keepLedgerKey(folder)).rejects.toThrow("ledger.key");
});

test.for<[what: string, text: string, isKey: boolean]>([
  ["64 hexadecimal digits", makeLedgerKey(), true],
  ["Base64 of 32 bytes", Buffer.alloc(32, 7).toString("base64"), true],
  ["fewer digits", "abc123", false],
  ["Base64 of 31 bytes", Buffer.alloc(31, 7).toString("base64"), false],
  ["nothing", "", false],
])("%s: %s", ([, text, isKey]) => {
  expect(parseLedgerKey(text)?.length ?? null).toBe(isKey ? 32 : null);
});
