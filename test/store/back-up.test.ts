import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { createRestoreCommand } from "../../src/cli/restore-command.ts";
import { backUp } from "../../src/store/back-up.ts";
import { readInstallation, rememberInstallation } from "../../src/store/installations.ts";
import { type Database, openDatabase } from "../../src/store/open-database.ts";
import { temporaryFolder } from "../support/repository.ts";

type Embedded = Extract<Database, { kind: "pglite" }>;

async function open(folder: string): Promise<Embedded> {
  const database = await openDatabase({ url: null, folder: join(folder, "ledger") });
  if (database.kind !== "pglite") throw new Error("this is no embedded database");
  return database;
}

async function install({ query }: Database, login: string): Promise<void> {
  await query
    .transaction()
    .execute((transaction) => rememberInstallation(transaction, { installationId: 1, accountId: 7, login }));
}

async function restore(folder: string, file: string, environment: NodeJS.Dict<string> = {}): Promise<string> {
  let said = "";
  const stdout = { write: (text: string) => (said += text) };
  const env = { DATA_DIR: folder, ...environment };
  const terminal = { ...process, cwd: () => folder, env, stdout } as unknown as NodeJS.Process;
  await createRestoreCommand(terminal).exitOverride().parseAsync([file], { from: "user" });
  return said;
}

test("a backup brings back what was there when it was made; what came since is moved aside", async () => {
  const folder = temporaryFolder();
  const backups = join(folder, "backups");
  const first = await open(folder);
  await install(first, "before");
  const days = [1, 2, 3].map((day) => new Date(Date.UTC(2026, 2, day)));
  const paths: string[] = [];
  for (const now of days) {
    paths.push(await backUp(first, { folder: backups, keep: 2, now }));
    await install(first, `after ${now.getUTCDate()}`);
  }
  writeFileSync(join(backups, "ledger-20260304T000000Z.tar.gz.new"), "half of it");
  expect(readdirSync(backups).filter((name) => name.endsWith(".gz"))).toEqual([
    "ledger-20260302T000000Z.tar.gz",
    "ledger-20260303T000000Z.tar.gz",
  ]);
  const newest = paths.at(-1) ?? "";
  await expect(restore(folder, newest)).rejects.toThrow(/is in use by/);
  await first.close();
  await expect(restore(folder, newest, { DATABASE_URL: "postgres://127.0.0.1/x" })).rejects.toThrow(/pg_restore/);
  await expect(restore(folder, join(backups, "none"))).rejects.toThrow(/cannot be read/);
  const broken = join(folder, "broken.tar.gz");
  const garbage = Buffer.alloc(3000, "this is no archive");
  for (const bytes of ["this is not even packed", gzipSync(garbage), gzipSync("")]) {
    writeFileSync(broken, bytes);
    await expect(restore(folder, broken)).rejects.toThrow(/is no backup that can be restored/);
  }
  const unchanged = await open(folder);
  expect(await readInstallation(unchanged, 1)).toMatchObject({ login: "after 3" });
  await unchanged.close();

  expect(await restore(folder, newest)).toMatch(/^Restored .*\nWhat was there before is in .*database-before-/);
  const restored = await open(folder);
  expect(await readInstallation(restored, 1)).toMatchObject({ login: "after 2" });
  await install(restored, "again");
  await restored.close();
  expect(readdirSync(join(folder, "ledger")).filter((name) => name.startsWith("database-before"))).toHaveLength(1);
}, 180_000);
