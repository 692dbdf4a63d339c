import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { expect, onTestFinished, test } from "vitest";
import { createOrganization, createPerson } from "../../src/sandbox/actions/accounts.ts";
import { createUserToken } from "../../src/sandbox/actions/apps.ts";
import { enqueuePull, finishMergeGroup, setMergeQueue } from "../../src/sandbox/actions/merge-queue.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRelease } from "../../src/sandbox/actions/releases.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { createTeam, setTeamMember, setTeamRepository } from "../../src/sandbox/actions/teams.ts";
import type { Forge } from "../../src/sandbox/forge.ts";
import { roleOf } from "../../src/sandbox/identity/access.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import { latestRelease } from "../../src/sandbox/model/release.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { findAccount, findRepository, type State } from "../../src/sandbox/model/state.ts";
import { findTeam } from "../../src/sandbox/model/team.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { commitTo } from "../support/commit-to.ts";
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

function requireTides({ state }: Forge): Repository {
  const tides = findRepository(state, "ada", "tides");
  if (tides === null) throw new Error("there is no repository ada/tides");
  return tides;
}

async function openPullFrom(forge: Forge, branch: string): Promise<PullRequest> {
  const repository = requireTides(forge);
  const author = repository.owner;
  await commitTo(forge, repository, { branch, author, message: `Write ${branch}` });
  const wanted = { repository, title: branch, body: null, head: branch, base: "main" };
  return openPull(forge, wanted, { account: author, viaAppId: null });
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

test("who stands in a merge queue still stands there, and what was under way goes on", async () => {
  const folder = temporaryFolder();
  const { forge, close } = await startWithRepository(folder);
  const tides = requireTides(forge);
  const actor = { account: tides.owner, viaAppId: null };
  await setMergeQueue(forge, tides, { rules: { method: "squash", requiredChecks: ["tests"] }, actor });
  const [one, other] = [await openPullFrom(forge, "one"), await openPullFrom(forge, "other")];
  await enqueuePull(forge, { pull: one }, actor);
  await enqueuePull(forge, { pull: other }, actor);
  await close();
  const again = await start(folder);
  await again.settled();
  const kept = requireTides(again.forge);
  expect(kept.mergeQueue).toMatchObject({ method: "squash", requiredChecks: ["tests"], branch: "main" });
  expect(kept.mergeQueue?.entries.map(({ pull, group }) => [pull.issue.number, group === null])).toEqual([
    [1, false],
    [2, true],
  ]);
  const first = kept.issues.get(1)?.pull;
  if (!first) throw new Error("there is no pull request 1");
  const head = kept.mergeQueue?.entries[0]?.group?.head;
  await finishMergeGroup(again.forge, first);
  await again.settled();
  expect([first.merged?.commit, kept.mergeQueue?.entries[0]?.group?.base]).toEqual([head, head]);
});

test("releases are still there, drafts and which is the latest too", async () => {
  const folder = temporaryFolder();
  const { forge, close } = await startWithRepository(folder);
  const repository = requireTides(forge);
  const actor = { account: repository.owner, viaAppId: null };
  await createRelease(forge, { repository, tagName: "v1.0.0", body: "One" }, actor);
  await createRelease(forge, { repository, tagName: "v1.1.0", makeLatest: "false" }, actor);
  await createRelease(forge, { repository, tagName: "v2.0.0", draft: true }, actor);
  await close();
  const again = await start(folder);
  const kept = requireTides(again.forge);
  expect(kept.releases.map(({ tagName, draft }) => [tagName, draft])).toEqual([
    ["v1.0.0", false],
    ["v1.1.0", false],
    ["v2.0.0", true],
  ]);
  expect(latestRelease(kept)).toMatchObject({ tagName: "v1.0.0", body: "One" });
});

test("teams are still there, with their members and what they may do", async () => {
  const folder = temporaryFolder();
  const { forge, close } = await startWithRepository(folder);
  const ada = requireTides(forge).owner;
  const acme = createOrganization(forge, { login: "acme", name: "Acme", owner: ada });
  const joan = createPerson(forge, { login: "joan" });
  const by = { account: ada, viaAppId: null };
  const repository = await createRepository(forge, { owner: acme, name: "locks", private: true }, by);
  const team = createTeam(forge, { organization: acme, name: "Platform" });
  await setTeamMember(forge, { team, account: joan }, by);
  setTeamRepository(team, repository, "maintain");
  await close();
  const { state } = (await start(folder)).forge;
  const locks = findRepository(state, "acme", "locks");
  const kept = findAccount(state, "joan");
  if (locks === null || kept === null) throw new Error("something is gone");
  expect(roleOf(kept, locks)).toBe("maintain");
  expect(findTeam(locks.owner, "platform")?.organization).toBe(locks.owner);
});

test("a state of version 3, from before there were teams, is read, and has none", async () => {
  const folder = temporaryFolder();
  const { forge: first, close } = await startWithRepository(folder);
  createOrganization(first, { login: "acme", name: "Acme", owner: requireTides(first).owner });
  await close();
  const file = join(folder, "sandbox.state");
  const kept = deserialize(readFileSync(file)) as { version: number; state: State };
  const settings = findAccount(kept.state, "acme")?.organization;
  if (!settings) throw new Error("acme is gone");
  for (const property of ["teams", "properties", "membersCanCreate"]) Reflect.deleteProperty(settings, property);
  Reflect.set(settings, "membersCanCreateRepositories", false);
  for (const repository of kept.state.repositories.values()) {
    for (const property of ["protections", "rulesets", "properties", "isTemplate", "signoffRequired"]) {
      Reflect.deleteProperty(repository, property);
    }
  }
  writeFileSync(file, serialize({ ...kept, version: 3 }));
  const { forge } = await start(folder);
  expect(findAccount(forge.state, "acme")?.organization).toMatchObject({
    teams: [],
    properties: new Map(),
    membersCanCreate: { public: false, private: false },
  });
  expect(requireTides(forge)).toMatchObject({
    protections: new Map(),
    rulesets: [],
    properties: new Map(),
    isTemplate: false,
    signoffRequired: false,
    merging: { allowAutoMerge: false, allowUpdateBranch: false },
  });
});

test.each([
  [1, "merge queues", ["mergeQueue", "releases", "chosenLatest"]],
  [2, "releases", ["releases", "chosenLatest"]],
])("a state of version %i, from before there were %s, is read, and has none", async (version, _, missing) => {
  const folder = temporaryFolder();
  const { close } = await startWithRepository(folder);
  await close();
  const file = join(folder, "sandbox.state");
  const kept = deserialize(readFileSync(file)) as { version: number; state: State };
  for (const repository of kept.state.repositories.values()) {
    for (const property of missing) Reflect.deleteProperty(repository, property);
  }
  writeFileSync(file, serialize({ ...kept, version }));
  const { forge, isOld } = await start(folder);
  expect(isOld).toBe(true);
  expect(requireTides(forge)).toMatchObject({ mergeQueue: null, releases: [], chosenLatest: null });
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
