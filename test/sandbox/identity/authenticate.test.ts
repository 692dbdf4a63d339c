import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { SignJWT, UnsecuredJWT } from "jose";
import { expect, test } from "vitest";
import { createPerson, deletePerson, findByAddress, renameAccount } from "../../../src/sandbox/actions/accounts.ts";
import {
  chooseRepositories,
  createInstallationToken,
  createUserToken,
  deleteInstallation,
  setSuspended,
} from "../../../src/sandbox/actions/apps.ts";
import { gitClient } from "../../support/git-client.ts";
import { temporaryFolder } from "../../support/repository.ts";
import { send } from "../../support/send.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { by, installTestApp, makeTides, signAsApp } from "../../support/test-app.ts";

const now = new Date("2026-06-01T12:00:00Z");
const seconds = now.getTime() / 1000;
const wrongIat = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
const wrongExp =
  "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";

async function startAt(moment: Date) {
  let time = moment.getTime();
  const sandbox = await startTestSandbox({ clock: () => new Date(time) });
  return { ...sandbox, wait: (milliseconds: number) => (time += milliseconds) };
}

test.each([
  ["ten minutes ahead, as GitHub names for the longest", {}, 200, undefined],
  ["issued half a minute ahead of the sandbox's clock", { iat: seconds + 30 }, 200, undefined],
  ["issued a minute ago, against clocks that drift", { iat: seconds - 60, exp: seconds + 540 }, 200, undefined],
  ["issued two minutes from now", { iat: seconds + 120 }, 401, wrongIat],
  ["issued at no number", { iat: "noon" as unknown as number }, 401, wrongIat],
  ["issued never", { iat: undefined }, 401, wrongIat],
  ["expired", { iat: seconds - 900, exp: seconds - 300 }, 401, wrongExp],
  ["that never expires", { exp: undefined }, 401, wrongExp],
  [
    "that expires in eleven minutes",
    { exp: seconds + 660 },
    401,
    "'Expiration time' claim ('exp') is too far in the future",
  ],
  ["of an app that is not there", { iss: "4711" }, 404, "Integration not found"],
  ["of nobody", { iss: undefined }, 404, "Integration not found"],
] as const)("an app's token %s", async (_, claims, status, message) => {
  const sandbox = await startAt(now);
  const app = await installTestApp(sandbox);
  const jwt = await signAsApp(app, now, claims as Parameters<typeof signAsApp>[2]);
  const answer = await send(sandbox.forge.web, { path: "/app", headers: { authorization: `Bearer ${jwt}` } });
  expect([answer.status, answer.json.message]).toEqual([status, message]);
});

test("an app signs in by its number, as text or as a number, and by its client id", async () => {
  const sandbox = await startAt(now);
  const app = await installTestApp(sandbox);
  for (const iss of [app.app.id, String(app.app.id), app.app.clientId]) {
    const authorization = `bearer ${await signAsApp(app, now, { iss })}`;
    expect((await send(sandbox.forge.web, { path: "/app", headers: { authorization } })).status).toBe(200);
  }
});

test("an app's token that is signed with another key, or not, or with the public half as a secret, is no token", async () => {
  const sandbox = await startAt(now);
  const { app } = await installTestApp(sandbox);
  const payload = { iss: app.clientId, iat: seconds, exp: seconds + 600 };
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const spki = createPublicKey(app.publicKey).export({ type: "spki", format: "pem" });
  const forgeries = [
    await new SignJWT(payload).setProtectedHeader({ alg: "RS256" }).sign(privateKey),
    new UnsecuredJWT(payload).encode(),
    await new SignJWT(payload).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(spki)),
    await new SignJWT(payload).setProtectedHeader({ alg: "PS256" }).sign(privateKey),
    "a.b.c",
    "..",
  ];
  for (const forgery of forgeries) {
    const answer = await send(sandbox.forge.web, { path: "/app", headers: { authorization: `Bearer ${forgery}` } });
    expect([answer.status, answer.json.message]).toEqual([401, "A JSON web token could not be decoded"]);
  }
});

test("an app's own token opens nothing but what is about the app, and a person's does not open that", async () => {
  const sandbox = await startAt(now);
  const { forge, ada, tokenOf } = sandbox;
  const app = await installTestApp(sandbox);
  await makeTides(sandbox, { private: true });
  const authorization = `Bearer ${await signAsApp(app, now)}`;
  expect((await send(forge.web, { path: "/repos/acme/tides", headers: { authorization } })).status).toBe(404);
  expect((await send(forge.web, { path: "/app", token: tokenOf(ada) })).json).toMatchObject({
    status: "401",
    message: "A JSON web token could not be decoded",
  });
  expect((await send(forge.web, { path: "/app", token: app.token })).status).toBe(401);
});

test("an installation's token is good for an hour by the sandbox's clock", async () => {
  const sandbox = await startAt(now);
  const { forge, wait } = sandbox;
  const app = await installTestApp(sandbox);
  const path = `/app/installations/${app.installation.id}/access_tokens`;
  const headers = { authorization: `Bearer ${await signAsApp(app, now)}` };
  const { status, json } = await send(forge.web, { method: "POST", path, headers });
  expect([status, json.expires_at]).toEqual([201, "2026-06-01T13:00:00Z"]);
  const ask = async () => (await send(forge.web, { path: "/installation/repositories", token: json.token })).status;
  wait(59 * 60_000);
  expect(await ask()).toBe(200);
  wait(60_000);
  expect(await ask()).toBe(401);
});

test("a token that was narrowed reaches and may no more than was asked for", async () => {
  const sandbox = await startAt(now);
  const { forge } = sandbox;
  const tides = await makeTides(sandbox, { private: true });
  await makeTides(sandbox, { name: "locks", private: true });
  const app = await installTestApp(sandbox, { permissions: { issues: "write", contents: "write" } });
  const headers = { authorization: `Bearer ${await signAsApp(app, now)}` };
  const path = `/app/installations/${app.installation.id}/access_tokens`;
  const ask = async (body: object) => send(forge.web, { method: "POST", path, headers, body });
  const { json } = await ask({ repositories: ["tides"], permissions: { issues: "read" } });
  expect(json).toMatchObject({
    repository_selection: "selected",
    permissions: { issues: "read", metadata: "read" },
    repositories: [{ id: tides.id }],
  });
  const { token } = json as { token: string };
  expect((await send(forge.web, { path: "/repos/acme/tides/issues", token })).status).toBe(200);
  expect((await send(forge.web, { path: "/repos/acme/locks/issues", token })).status).toBe(404);
  const refused = await send(forge.web, {
    method: "POST",
    path: "/repos/acme/tides/issues",
    token,
    body: { title: "x" },
  });
  expect([refused.status, refused.json.message]).toEqual([403, "Resource not accessible by integration"]);
  expect(refused.headers["x-accepted-github-permissions"]).toBe("issues=write");
  expect((await ask({ permissions: { administration: "write" } })).json).toMatchObject({
    status: "422",
    message: "The permissions requested are not granted to this installation.",
  });
  expect((await ask({ repositories: ["nowhere"] })).status).toBe(422);
});

test("what an installation loses, its tokens lose at once", async () => {
  const sandbox = await startAt(now);
  const { forge, ada } = sandbox;
  const tides = await makeTides(sandbox, { private: true });
  const locks = await makeTides(sandbox, { name: "locks", private: true });
  const { installation, token } = await installTestApp(sandbox);
  await chooseRepositories(forge, { installation, repositories: [locks] }, by(ada));
  expect((await send(forge.web, { path: "/repos/acme/tides", token })).status).toBe(404);
  await chooseRepositories(forge, { installation, repositories: [locks, tides] }, by(ada));
  expect((await send(forge.web, { path: "/repos/acme/tides", token })).status).toBe(200);
  installation.permissions = { metadata: "read" };
  const writing = await send(forge.web, {
    method: "POST",
    path: "/repos/acme/tides/issues",
    token,
    body: { title: "x" },
  });
  expect(writing.status).toBe(403);
});

test("a suspended installation is told so, a removed one is not there, a revoked token is none", async () => {
  const sandbox = await startAt(now);
  const { forge, ada } = sandbox;
  const app = await installTestApp(sandbox);
  const { installation, token } = app;
  const headers = { authorization: `Bearer ${await signAsApp(app, now)}` };
  const path = `/app/installations/${installation.id}/access_tokens`;
  const use = async (text = token) => {
    const { status, json } = await send(forge.web, { path: "/installation/repositories", token: text });
    return [status, json.message];
  };
  await setSuspended(forge, { installation, suspended: true }, by(ada));
  expect(await use()).toEqual([403, "This installation has been suspended"]);
  expect((await send(forge.web, { method: "POST", path, headers })).status).toBe(403);
  await setSuspended(forge, { installation, suspended: false }, by(ada));
  expect((await use())[0]).toBe(200);
  const second = createInstallationToken(forge, installation, {}).text;
  expect((await send(forge.web, { method: "DELETE", path: "/installation/token", token: second })).status).toBe(204);
  expect(await use(second)).toEqual([401, "Bad credentials"]);
  expect((await use())[0]).toBe(200);
  await deleteInstallation(forge, installation, by(ada));
  expect(await use()).toEqual([401, "Bad credentials"]);
  expect((await send(forge.web, { method: "POST", path, headers })).status).toBe(404);
});

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

test("a person's token counts by Bearer, by token and as a password, whatever the user's name", async () => {
  const { forge, ada, tokenOf } = await startAt(now);
  const token = tokenOf(ada);
  const good = [`Bearer ${token}`, `token ${token}`, `TOKEN  ${token} `, basic(`x:${token}`), basic(`${token}:`)];
  for (const authorization of good) {
    const { json } = await send(forge.web, { path: "/user", headers: { authorization } });
    expect(json.login).toBe("ada");
  }
  const bad = [
    "Bearer",
    "Bearer ",
    "nonsense",
    `Digest ${token}`,
    token,
    basic("x:y"),
    "Basic !!!",
    `Bearer ${token}x`,
  ];
  for (const authorization of bad) {
    const { status, json } = await send(forge.web, { path: "/user", headers: { authorization } });
    expect([authorization, status, json.message]).toEqual([authorization, 401, "Bad credentials"]);
  }
  expect((await send(forge.web, { path: "/user" })).json.message).toBe("Requires authentication");
});

test("a wrong token is refused even where none is needed", async () => {
  const sandbox = await startAt(now);
  await makeTides(sandbox);
  const { web } = sandbox.forge;
  expect((await send(web, { path: "/repos/acme/tides" })).status).toBe(200);
  expect((await send(web, { path: "/repos/acme/tides", token: "ghp_wrong" })).status).toBe(401);
});

test("a person who was renamed keeps the number, the tokens and the work; the old login is free", async () => {
  const sandbox = await startAt(now);
  const { forge, grace, tokenOf } = sandbox;
  await makeTides(sandbox);
  const token = tokenOf(grace);
  const body = { title: "By whom?" };
  await send(forge.web, { method: "POST", path: "/repos/acme/tides/issues", token, body });
  await renameAccount(forge, grace, "grace-hopeful");
  expect((await send(forge.web, { path: "/user", token })).json).toMatchObject({
    login: "grace-hopeful",
    id: grace.id,
  });
  expect((await send(forge.web, { path: "/users/grace" })).status).toBe(404);
  expect((await send(forge.web, { path: "/repos/acme/tides/issues/1" })).json.user.login).toBe("grace-hopeful");
  const impostor = createPerson(forge, { login: "grace" });
  const { state } = forge;
  expect(findByAddress(state, "GRACE@example.org")).toBe(grace);
  expect(findByAddress(state, `${grace.id}+grace@users.noreply.github.com`)).toBe(grace);
  expect(findByAddress(state, "grace@users.noreply.github.com")).toBe(impostor);
  expect(findByAddress(state, "grace-hopeful@users.noreply.github.com")).toBe(grace);
  expect(findByAddress(state, "nobody@example.com")).toBeNull();
});

test("a person who is gone is shown as the ghost, and can do nothing any more", async () => {
  const sandbox = await startAt(now);
  const { forge, grace, tokenOf } = sandbox;
  await makeTides(sandbox);
  const token = tokenOf(grace);
  const path = "/repos/acme/tides/issues";
  await send(forge.web, { method: "POST", path, token, body: { title: "Who was that?" } });
  await send(forge.web, { method: "POST", path: `${path}/1/comments`, token, body: { body: "Me" } });
  deletePerson(forge, grace);
  expect((await send(forge.web, { path: "/user", token })).status).toBe(401);
  expect((await send(forge.web, { path: "/users/grace" })).status).toBe(404);
  expect((await send(forge.web, { path: `${path}/1` })).json.user).toMatchObject({ login: "ghost", id: 10_137 });
  expect((await send(forge.web, { path: `${path}/1/comments` })).json[0].user.login).toBe("ghost");
  expect((await send(forge.web, { path: "/orgs/acme/members", token: tokenOf(sandbox.ada) })).json).toHaveLength(1);
  expect(findByAddress(forge.state, "grace@example.org")).toBeNull();
  expect(findByAddress(forge.state, `${grace.id}+grace@users.noreply.github.com`)).toBeNull();
});

test("a private repository is not there for strangers, by whichever door", async () => {
  const sandbox = await startAt(now);
  const { forge, ada, hedy, tokenOf } = sandbox;
  const tides = await makeTides(sandbox, { private: true });
  for (const token of [undefined, tokenOf(hedy)]) {
    const who = token === undefined ? {} : { token };
    for (const path of ["/repos/acme/tides", `/repositories/${tides.id}`, "/repos/acme/tides/contents/README.md"]) {
      const { status, json } = await send(forge.web, { path, ...who });
      expect([path, status, json.message]).toEqual([path, 404, "Not Found"]);
    }
    const writing = { method: "POST", path: "/repos/acme/tides/issues", body: { title: "x" }, ...who };
    expect((await send(forge.web, writing)).status).toBe(404);
    expect((await send(forge.web, { path: "/orgs/acme/repos", ...who })).json).toEqual([]);
  }
  const query = { query: '{ repository(owner: "acme", name: "tides") { id } }' };
  const answer = await send(forge.web, { method: "POST", path: "/graphql", token: tokenOf(hedy), body: query });
  expect(answer.json).toMatchObject({ data: { repository: null }, errors: [{ type: "NOT_FOUND" }] });
  const address = (token: string): string => `http://x:${token}@${new URL(forge.web).host}/acme/tides.git`;
  await expect(gitClient(temporaryFolder(), "ls-remote", address(tokenOf(hedy)))).rejects.toThrow("not found");
  expect(await gitClient(temporaryFolder(), "ls-remote", address(tokenOf(ada)))).toContain("refs/heads/main");
});

test.each([
  ["GET", "/repos/acme/tides/issues", undefined, "issues=read; pull_requests=read"],
  ["POST", "/repos/acme/tides/issues", { title: "x" }, "issues=write"],
  ["POST", "/repos/acme/tides/labels", { name: "x" }, "issues=write; pull_requests=write"],
  ["GET", "/repos/acme/tides/contents/README.md", undefined, "contents=read"],
  ["POST", "/repos/acme/tides/check-runs", { name: "x", head_sha: "x" }, "checks=write"],
  ["PATCH", "/repos/acme/tides", { description: "x" }, "administration=write"],
  ["POST", "/repos/acme/tides/pulls", { title: "x", head: "x", base: "main" }, "pull_requests=write"],
] as const)("an app without permission for %s %s is told which it lacks", async (method, path, body, permissions) => {
  const sandbox = await startAt(now);
  await makeTides(sandbox, { private: true });
  const { token } = await installTestApp(sandbox, { permissions: {} });
  const answer = await send(sandbox.forge.web, { method, path, token, ...(body === undefined ? {} : { body }) });
  expect([answer.status, answer.json.message]).toEqual([403, "Resource not accessible by integration"]);
  expect(answer.headers["x-accepted-github-permissions"]).toBe(permissions);
});

test("tokens of one account are its own: no two are the same", async () => {
  const { forge, ada } = await startAt(now);
  const tokens = Array.from({ length: 50 }, () => createUserToken(forge, ada));
  expect(new Set(tokens).size).toBe(50);
  expect(tokens.every((token) => /^ghp_[A-Za-z0-9]{36}$/.test(token))).toBe(true);
});
