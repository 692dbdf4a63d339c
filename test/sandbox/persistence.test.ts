import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createPerson } from "../../src/sandbox/actions/accounts.ts";
import { createUserToken } from "../../src/sandbox/actions/apps.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { gitClient } from "../support/git-client.ts";
import { temporaryFolder } from "../support/repository.ts";
import { send } from "../support/send.ts";

async function start(dataFolder: string): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, dataFolder });
  onTestFinished(sandbox.close);
  return sandbox;
}

async function startWithRepository(folder: string): Promise<Sandbox & { token: string }> {
  const sandbox = await start(folder);
  const token = createUserToken(sandbox.forge, createPerson(sandbox.forge, { login: "ada" }));
  const body = { name: "tides", auto_init: true, private: true };
  const made = await send(sandbox.forge.web, { method: "POST", path: "/user/repos", token, body });
  expect(made.status).toBe(201);
  return { ...sandbox, token };
}

test("everything is there after a restart: what is known, git's objects, and tokens", async () => {
  const folder = temporaryFolder();
  const { forge, token, close, isOld } = await startWithRepository(folder);
  expect(isOld).toBe(false);
  const path = "/repos/ada/tides/issues";
  await send(forge.web, { method: "POST", path, token, body: { title: "Off by an hour" } });
  await close();
  const again = await start(folder);
  expect(again.isOld).toBe(true);
  expect((await send(again.forge.web, { path, token })).json).toMatchObject([{ number: 1, title: "Off by an hour" }]);
  const address = `http://x:${token}@${new URL(again.forge.web).host}/ada/tides.git`;
  expect(await gitClient(temporaryFolder(), "ls-remote", address, "main")).toContain("refs/heads/main");
  const next = await send(again.forge.web, { method: "POST", path, token, body: { title: "Another" } });
  expect(next.json.number).toBe(2);
});

test("a change is written soon, without anybody closing anything", async () => {
  const folder = temporaryFolder();
  await startWithRepository(folder);
  await expect.poll(() => readdirSync(folder), { timeout: 10_000 }).toContain("sandbox.state");
});

test.each([
  ["nonsense", Buffer.from("{}")],
  ["nothing", Buffer.alloc(0)],
  ["the first half of one", Buffer.from([255, 15, 111, 34])],
])("a state file that holds %s is told in one line, and left as it is", async (_, bytes) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "sandbox.state"), bytes);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await expect(startSandbox({ port: 0, dataFolder: folder })).rejects.toThrow(
      /^\S+sandbox\.state is not a sandbox's state that this version reads; move it away, or give another DATA_DIR$/,
    );
  }
  expect(readdirSync(folder)).toEqual(["sandbox.state"]);
});

test("a folder that cannot be written is told in one line", async () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  await expect(startSandbox({ port: 0, dataFolder: join(file, "below") })).rejects.toThrow(
    /cannot be written: not a directory; give another DATA_DIR$/,
  );
  const folder = temporaryFolder();
  mkdirSync(join(folder, "sandbox.lock"));
  await expect(startSandbox({ port: 0, dataFolder: folder })).rejects.toThrow(/; give another DATA_DIR$/);
});

test("a folder is one sandbox's alone, until that one has ended", async () => {
  const folder = temporaryFolder();
  const { close } = await start(folder);
  await expect(startSandbox({ port: 0, dataFolder: folder })).rejects.toThrow(
    `${folder} is in use by another sandbox (process ${process.pid}); end it, or give another DATA_DIR`,
  );
  await close();
  await start(folder);
});

test.each([
  ["that is gone", "4194999 1\n"],
  ["that had this one's number", `${process.pid} 1\n`],
  ["that wrote nothing any more", ""],
])("what a sandbox left behind %s is taken over", async (_, left) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "sandbox.lock"), left);
  expect((await start(folder)).isOld).toBe(false);
});

test("a port that is taken leaves the folder as it was", async () => {
  const first = await start(temporaryFolder());
  const folder = temporaryFolder();
  const port = Number(new URL(first.forge.web).port);
  await expect(startSandbox({ port, dataFolder: folder })).rejects.toThrow(
    `port ${port} of 127.0.0.1 is taken; give another SANDBOX_PORT, or 0 for any`,
  );
  expect(readdirSync(folder)).toEqual([]);
});
