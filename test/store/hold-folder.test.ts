import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { UserError } from "../../src/domain/errors.ts";
import { holdFolder } from "../../src/store/hold-folder.ts";
import { openDatabase } from "../../src/store/open-database.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hold-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const holder = join(import.meta.dirname, "../support/hold-a-folder.ts");

async function holdInChild(): Promise<ReturnType<typeof spawn>> {
  const child = spawn(process.execPath, [holder, folder], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

test("a second opening of a folder is refused with one line that says what to do", async () => {
  const database = await openDatabase({ url: null, folder });
  const second = openDatabase({ url: null, folder });
  await expect(second).rejects.toThrow(UserError);
  await expect(second).rejects.toThrow(
    `${folder} is in use by process ${process.pid}; stop it, or give another DATA_DIR`,
  );
  await database.close();
});

test("what was stored is there when the folder is opened again", async () => {
  const first = await openDatabase({ url: null, folder });
  await first.query.insertInto("people").values({ installation_id: 1, account_id: 101, login: "ada-finch" }).execute();
  await first.close();
  const second = await openDatabase({ url: null, folder });
  expect(await second.query.selectFrom("people").select("login").execute()).toEqual([{ login: "ada-finch" }]);
  await second.close();
  expect(await readdir(folder)).toEqual(["database"]);
});

test("a folder that another process holds is refused, and taken over when that process was killed", async () => {
  const child = await holdInChild();
  await expect(holdFolder(folder)).rejects.toThrow(`in use by process ${child.pid}`);
  child.kill("SIGKILL");
  await once(child, "exit");
  const release = await holdFolder(folder);
  await release();
  expect(await readdir(folder)).toEqual([]);
});

test("an id that a new process got does not hold the folder for the old one", async () => {
  await writeFile(join(folder, "in-use.json"), JSON.stringify({ pid: process.ppid, startedAt: "1" }));
  const release = await holdFolder(folder);
  expect(JSON.parse(await readFile(join(folder, "in-use.json"), "utf8"))).toMatchObject({ pid: process.pid });
  await release();
});

test.each(["", "{", '{"pid":"x"}', '{"pid":-1}', "null"])("what is left of a lock is no lock: %j", async (text) => {
  await writeFile(join(folder, "in-use.json"), text);
  const release = await holdFolder(folder);
  expect(JSON.parse(await readFile(join(folder, "in-use.json"), "utf8"))).toMatchObject({ pid: process.pid });
  await release();
});

test("of many that take over at once, one gets the folder", async () => {
  await writeFile(join(folder, "in-use.json"), JSON.stringify({ pid: 2 ** 22 + 1, startedAt: "1" }));
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, [holder, folder], { stdio: ["ignore", "pipe", "ignore"] }),
  );
  const outcomes = await Promise.all(
    children.map((child) =>
      Promise.race([once(child.stdout, "data").then(() => "held"), once(child, "exit").then(() => "refused")]),
    ),
  );
  for (const child of children) child.kill("SIGKILL");
  expect(outcomes.toSorted()).toEqual(["held", "refused", "refused", "refused"]);
});
