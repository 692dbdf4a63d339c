import { expect, test } from "vitest";
import { createPerson, renameAccount } from "../../../src/sandbox/actions/accounts.ts";
import { setCollaborator } from "../../../src/sandbox/actions/repositories.ts";
import { send } from "../../support/send.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { by, installTestApp, makeTides } from "../../support/test-app.ts";

async function start(settings: { private: boolean }) {
  const sandbox = await startTestSandbox();
  const { forge } = sandbox;
  const repository = await makeTides(sandbox, settings);
  const { token } = await installTestApp(sandbox, { permissions: { metadata: "read" } });
  const read = async (login: string, asWhom: string = token) =>
    send(forge.web, { path: `/repos/acme/tides/collaborators/${encodeURIComponent(login)}/permission`, token: asWhom });
  const roleOf = async (login: string) => {
    const { json } = await read(login);
    return [json.permission, json.role_name, json.user.login, json.user.id];
  };
  return { ...sandbox, repository, read, roleOf };
}

test("a login is found in any casing, and the answer has the real one with its number", async () => {
  const { forge, ada, hedy, repository, roleOf } = await start({ private: true });
  const joan = createPerson(forge, { login: "Joan-Figure" });
  await setCollaborator(forge, { repository, account: joan, role: "maintain" }, by(ada));
  await setCollaborator(forge, { repository, account: hedy, role: "triage" }, by(ada));
  expect(await roleOf("joan-FIGURE")).toEqual(["write", "maintain", "Joan-Figure", joan.id]);
  expect(await roleOf("HEDY")).toEqual(["read", "triage", "hedy", hedy.id]);
  await renameAccount(forge, hedy, "Hedy-Again");
  expect(await roleOf("hedy-again")).toEqual(["read", "triage", "Hedy-Again", hedy.id]);
});

test("owners of the organisation are admins, and members have what it gives all of them", async () => {
  const { acme, ada, grace, roleOf } = await start({ private: true });
  expect(await roleOf("ada")).toEqual(["admin", "admin", "ada", ada.id]);
  for (const base of ["none", "read", "write", "admin"] as const) {
    if (acme.organization !== null) acme.organization.defaultRepositoryPermission = base;
    expect(await roleOf("grace")).toEqual([base, base, "grace", grace.id]);
  }
});

test.each([
  [true, "none"],
  [false, "read"],
] as const)("an outsider has where private is %j: %s", async (isPrivate, permission) => {
  const { hedy, roleOf } = await start({ private: isPrivate });
  expect(await roleOf("Hedy")).toEqual([permission, permission, "hedy", hedy.id]);
});

test("whoever is no person, or not there, is no user; and only who may push is told", async () => {
  const { read, ada, grace, tokenOf } = await start({ private: false });
  for (const login of ["nobody", "acme", "helper[bot]"]) {
    const { status, json } = await read(login);
    expect([status, json.message]).toEqual([404, `${login} is not a user`]);
  }
  expect((await read("ada", tokenOf(ada))).status).toBe(200);
  expect((await read("ada", tokenOf(grace))).status).toBe(403);
});
