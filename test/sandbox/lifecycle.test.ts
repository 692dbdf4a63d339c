import { expect, test } from "vitest";
import { createOrganization, renameAccount } from "../../src/sandbox/actions/accounts.ts";
import { installApp } from "../../src/sandbox/actions/apps.ts";
import { deleteAccount } from "../../src/sandbox/actions/delete-account.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { send } from "../support/send.ts";
import { listenForWebhooks, startTestSandbox } from "../support/start-test-sandbox.ts";
import { by, installTestApp, makeTides, signAsApp } from "../support/test-app.ts";

const subscribed = ["repository", "organization", "installation_target"];

/** The app is installed on acme, and on northquay, which Ada owns too; what each hears is told as the test goes on. */
async function start({ repositories = null }: { repositories?: "tides" | null } = {}) {
  const sandbox = await startTestSandbox();
  const { forge, ada, acme, tokenOf } = sandbox;
  const { url, received } = await listenForWebhooks();
  const northquay = createOrganization(forge, { login: "northquay", name: "North Quay", owner: ada });
  const tides = await makeTides(sandbox);
  const permissions = { metadata: "read", issues: "write" } as const;
  const wishes = {
    webhookUrl: url,
    events: subscribed,
    permissions,
    repositories: repositories === null ? null : [tides],
  };
  const installed = await installTestApp(sandbox, wishes);
  const { app, installation } = installed;
  const other = await installApp(forge, { app, account: northquay, repositories: null }, by(ada));
  const names = new Map([installation, other].map(({ id, account }) => [id, account.login]));
  await sandbox.settled();
  received.length = 0;
  const ask = async (method: string, path: string, body?: object, account: Account = ada) => {
    const token = tokenOf(account);
    return send(forge.web, { method, path, token, ...(body === undefined ? {} : { body }) });
  };
  /** What was heard since it was last asked: by whom, and of what. */
  const heard = async () => {
    await sandbox.settled();
    return received.splice(0).map(({ event, payload }) => {
      const { id } = payload["installation"] as { id: number };
      return [names.get(id) ?? "hedy", `${event}.${payload.action}`, payload] as const;
    });
  };
  const told = async () => (await heard()).map(([who, what]) => `${who} ${what}`).toSorted();
  return { ...sandbox, acme, northquay, tides, app, installation, other, installed, ask, heard, told };
}

/** Where each of the two interfaces finds a repository by a name. */
async function placesOf({ ask }: Pick<Awaited<ReturnType<typeof start>>, "ask">, [owner, name]: [string, string]) {
  const redirected = await ask("GET", `/repos/${owner}/${name}`);
  const { location } = redirected.headers;
  const there = location === undefined ? redirected : await ask("GET", new URL(location).pathname);
  const query = `{ repository(owner: "${owner}", name: "${name}") { nameWithOwner databaseId } }`;
  const { json } = await ask("POST", "/graphql", { query });
  return [redirected.status, there.json.full_name, json.data.repository?.nameWithOwner];
}

test.each([null, "tides"] as const)(
  "a transfer takes a repository from who had it (%s), and tells whoever gets it",
  async (repositories) => {
    const sandbox = await start({ repositories });
    const { ask, heard, tides, installation } = sandbox;
    const answer = await ask("POST", "/repos/acme/tides/transfer", { new_owner: "NorthQuay", new_name: "locks" });
    expect([answer.status, answer.json.full_name]).toEqual([202, "acme/tides"]);
    const all = await heard();
    expect(all.map(([who, what]) => `${who} ${what}`).toSorted()).toEqual([
      "acme installation_repositories.removed",
      "northquay repository.renamed",
      "northquay repository.transferred",
    ]);
    expect(all.find(([, what]) => what === "installation_repositories.removed")?.[2]).toMatchObject({
      repositories_removed: [{ id: tides.id }],
      repositories_added: [],
      repository_selection: repositories === null ? "all" : "selected",
    });
    expect(all.find(([, what]) => what === "repository.transferred")?.[2]).toMatchObject({
      changes: { owner: { from: { organization: { login: "acme" } } } },
      repository: { id: tides.id, full_name: "northquay/locks" },
    });
    expect(installation.repositories?.has(tides) ?? false).toBe(false);
    expect(await placesOf(sandbox, ["acme", "tides"])).toEqual([301, "northquay/locks", "northquay/locks"]);
    const read = await send(sandbox.forge.web, { path: "/installation/repositories", token: sandbox.installed.token });
    expect(read.json.total_count).toBe(0);
  },
);

test("only who may create repositories in an organisation gives it one", async () => {
  const { ask, told, tides, ada, forge, grace } = await start();
  const own = await ask("POST", "/user/repos", { name: "own" }, grace);
  expect(own.status).toBe(201);
  const refused = await ask("POST", "/repos/grace/own/transfer", { new_owner: "northquay" }, grace);
  expect([refused.status, refused.json.errors[0].field]).toEqual([422, "new_owner"]);
  expect((await ask("POST", "/repos/grace/own/transfer", { new_owner: "acme" }, grace)).status).toBe(202);
  expect(await told()).toEqual(["acme repository.transferred"]);
  expect((await ask("POST", "/repos/acme/tides/transfer", { new_owner: "nobody" })).status).toBe(422);
  expect((await ask("POST", "/repos/acme/tides/transfer", { new_owner: "acme" }, grace)).status).toBe(403);
  expect([tides.owner.login, await told()]).toEqual(["acme", []]);
  await renameAccount(forge, ada, "ada-example");
  expect((await ask("GET", "/user")).json.login).toBe("ada-example");
});

test("a new name of a repository is told, and the former one leads on until somebody takes it", async () => {
  const sandbox = await start();
  const { ask, heard, tides } = sandbox;
  await ask("PATCH", "/repos/acme/tides", { name: "high-tides" });
  const [renamed, ...others] = await heard();
  expect([renamed?.[1], others]).toEqual(["repository.renamed", []]);
  expect(renamed?.[2]).toMatchObject({
    changes: { repository: { name: { from: "tides" } } },
    repository: { id: tides.id, name: "high-tides" },
  });
  expect(await placesOf(sandbox, ["acme", "tides"])).toEqual([301, "acme/high-tides", "acme/high-tides"]);
  await ask("POST", "/orgs/acme/repos", { name: "tides" });
  expect(await placesOf(sandbox, ["acme", "tides"])).toEqual([200, "acme/tides", "acme/tides"]);
});

test("each change of a repository's state is told, and what is gone is not found", async () => {
  const sandbox = await start();
  const { ask, told } = sandbox;
  for (const [body, action] of [
    [{ private: true }, "privatized"],
    [{ private: false }, "publicized"],
    [{ archived: true }, "archived"],
    [{ archived: false }, "unarchived"],
  ] as const) {
    await ask("PATCH", "/repos/acme/tides", body);
    expect(await told()).toEqual([`acme repository.${action}`]);
  }
  await ask("DELETE", "/repos/acme/tides");
  expect(await told()).toEqual(["acme repository.deleted"]);
  expect(await placesOf(sandbox, ["acme", "tides"])).toEqual([404, undefined, undefined]);
});

test("a new repository is told to those who have chosen all, and is in reach of their tokens at once", async () => {
  const { ask, told, forge, installed } = await start();
  await ask("POST", "/orgs/acme/repos", { name: "locks" });
  expect(await told()).toEqual(["acme repository.created"]);
  const { json } = await send(forge.web, { path: "/installation/repositories", token: installed.token });
  expect(json.repositories.map(({ name }: Repository) => name)).toEqual(["tides", "locks"]);
});

test("a new repository is not told to those who have chosen others", async () => {
  const { ask, told } = await start({ repositories: "tides" });
  await ask("POST", "/orgs/acme/repos", { name: "locks" });
  expect(await told()).toEqual([]);
});

test("an organisation's new name is told to apps as its own and as that of whom they are installed on", async () => {
  const sandbox = await start();
  const { forge, acme, heard } = sandbox;
  await renameAccount(forge, acme, "acme-tides");
  const all = await heard();
  expect(all.map(([who, what]) => `${who} ${what}`).toSorted()).toEqual([
    "acme installation_target.renamed",
    "acme organization.renamed",
  ]);
  expect(all.find(([, what]) => what === "installation_target.renamed")?.[2]).toMatchObject({
    account: { id: acme.id, login: "acme-tides" },
    changes: { login: { from: "acme" } },
    target_type: "Organization",
  });
  expect(await placesOf(sandbox, ["acme", "tides"])).toEqual([301, "acme-tides/tides", "acme-tides/tides"]);
});

test("a person's new name is told to the apps that are installed there", async () => {
  const { forge, app, hedy, heard } = await start();
  await installApp(forge, { app, account: hedy, repositories: null }, by(hedy));
  await heard();
  await renameAccount(forge, hedy, "hedy-again");
  const [renamed, ...others] = await heard();
  expect([renamed?.[1], others]).toEqual(["installation_target.renamed", []]);
  expect(renamed?.[2]).toMatchObject({ account: { login: "hedy-again", id: hedy.id }, target_type: "User" });
});

test("an installation is suspended, brought back, changed and deleted, and its app hears of each", async () => {
  const { forge, installation, installed, told } = await start();
  const ask = async (method: string, path: string, body?: object) =>
    send(forge.web, { method, path: `/_sandbox${path}`, ...(body === undefined ? {} : { body }) });
  const path = `/installations/${installation.id}`;
  const askForToken = async () => {
    const authorization = `Bearer ${await signAsApp(installed, new Date())}`;
    const access = `/app/installations/${installation.id}/access_tokens`;
    return (await send(forge.web, { method: "POST", path: access, headers: { authorization } })).status;
  };
  await ask("PATCH", path, { suspended: true });
  expect([await told(), await askForToken()]).toEqual([["acme installation.suspend"], 403]);
  await ask("PATCH", path, { suspended: false });
  expect([await told(), await askForToken()]).toEqual([["acme installation.unsuspend"], 201]);
  await ask("PATCH", path, { repositories: [] });
  expect(await told()).toEqual(["acme installation_repositories.removed"]);
  await ask("PATCH", path, { repositories: ["tides"] });
  expect(await told()).toEqual(["acme installation_repositories.added"]);
  await ask("DELETE", path);
  expect([await told(), await askForToken()]).toEqual([["acme installation.deleted"], 404]);
  expect((await send(forge.web, { path: "/installation/repositories", token: installed.token })).status).toBe(401);
});

test("an organisation that is deleted takes its repositories and installations along", async () => {
  const { ask, forge, acme, tides, told, installed } = await start();
  expect((await ask("DELETE", "/orgs/acme")).status).toBe(202);
  expect(await told()).toEqual(["acme installation.deleted", "acme organization.deleted"]);
  expect((await ask("GET", "/orgs/acme")).status).toBe(404);
  expect((await ask("GET", `/repositories/${tides.id}`)).status).toBe(404);
  expect((await send(forge.web, { path: "/installation/repositories", token: installed.token })).status).toBe(401);
  expect(createOrganization(forge, { login: "acme", name: "Acme", owner: tides.owner }).id).not.toBe(acme.id);
});

test("a person who is deleted leaves what they said elsewhere, as the ghost's, and nothing of their own", async () => {
  const { ask, forge, app, hedy, tides, told } = await start();
  await ask("POST", "/user/repos", { name: "own" }, hedy);
  await installApp(forge, { app, account: hedy, repositories: null }, by(hedy));
  await openIssue(forge, { repository: tides, title: "Off", body: null }, by(hedy));
  await told();
  await deleteAccount(forge, hedy, by(hedy));
  expect(await told()).toEqual(["hedy installation.deleted"]);
  expect((await ask("GET", "/repos/hedy/own")).status).toBe(404);
  expect((await ask("GET", "/repos/acme/tides/issues/1")).json.user.login).toBe("ghost");
});
