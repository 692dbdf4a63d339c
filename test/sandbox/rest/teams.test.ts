import { expect, test } from "vitest";
import { createOrganization, deletePerson, removeMember } from "../../../src/sandbox/actions/accounts.ts";
import { deleteAccount } from "../../../src/sandbox/actions/delete-account.ts";
import { deleteRepository } from "../../../src/sandbox/actions/delete-repository.ts";
import { moveRepository } from "../../../src/sandbox/actions/repositories.ts";
import { createTeam, setTeamMember, setTeamRepository } from "../../../src/sandbox/actions/teams.ts";
import { roleOf } from "../../../src/sandbox/identity/access.ts";
import type { Account } from "../../../src/sandbox/model/account.ts";
import type { Permissions } from "../../../src/sandbox/model/app.ts";
import { findTeam } from "../../../src/sandbox/model/team.ts";
import { send } from "../../support/send.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { by, installTestApp, makeTides } from "../../support/test-app.ts";

/** Acme with a private repository, and its team `platform` to which Grace belongs. */
async function start() {
  const sandbox = await startTestSandbox();
  const { forge, acme, ada, grace } = sandbox;
  if (acme.organization !== null) acme.organization.defaultRepositoryPermission = "none";
  const repository = await makeTides(sandbox, { private: true });
  const team = createTeam(forge, { organization: acme, name: "Platform", privacy: "closed" });
  await setTeamMember(forge, { team, account: grace }, by(ada));
  const ask = async (who: Account | string | null, method: string, path: string, body?: object) => {
    const token = who === null ? {} : { token: typeof who === "string" ? who : sandbox.tokenOf(who) };
    return send(forge.web, { method, path, ...token, ...(body === undefined ? {} : { body }) });
  };
  const appWith = async (permissions: Permissions, name = "Helper") =>
    (await installTestApp(sandbox, { name, permissions })).token;
  return { ...sandbox, repository, team, ask, appWith };
}

test.each([
  ["pull", "read", "read"],
  ["triage", "triage", "read"],
  ["push", "write", "write"],
  ["maintain", "maintain", "write"],
  ["admin", "admin", "admin"],
] as const)("a team that may %s gives its members the role %s", async (permission, role, legacy) => {
  const { ask, ada, grace } = await start();
  const path = "/orgs/acme/teams/platform/repos/acme/tides";
  expect((await ask(grace, "GET", "/repos/acme/tides")).status).toBe(404);
  expect((await ask(ada, "PUT", path, { permission })).status).toBe(204);
  const { json } = await ask(ada, "GET", "/repos/acme/tides/collaborators/grace/permission");
  expect([json.permission, json.role_name]).toEqual([legacy, role]);
  expect((await ask(grace, "GET", "/repos/acme/tides")).status).toBe(200);
  const { json: listed } = await ask(ada, "GET", "/repos/acme/tides/teams");
  expect(listed).toMatchObject([{ slug: "platform", permission, permissions: { pull: true } }]);
});

test("of what a team and an invitation give the most counts, and a team that loses a repository gives nothing", async () => {
  const { ask, ada, grace, repository, team } = await start();
  repository.collaborators.set(grace, "triage");
  setTeamRepository(team, repository, "maintain");
  expect(roleOf(grace, repository)).toBe("maintain");
  setTeamRepository(team, repository, "read");
  expect(roleOf(grace, repository)).toBe("triage");
  repository.collaborators.delete(grace);
  expect((await ask(ada, "DELETE", "/orgs/acme/teams/platform/repos/acme/tides")).status).toBe(204);
  expect(roleOf(grace, repository)).toBe("none");
  expect((await ask(ada, "GET", "/orgs/acme/teams/platform/repos/acme/tides")).status).toBe(404);
});

test("an app reads teams, members and repositories with members: read alone", async () => {
  const { ask, appWith, repository, team, acme, grace } = await start();
  setTeamRepository(team, repository, "write");
  const app = await appWith({ members: "read", metadata: "read" });
  const path = "/orgs/acme/teams";
  expect((await ask(app, "GET", path)).json).toMatchObject([
    { id: team.id, slug: "platform", name: "Platform", privacy: "closed", parent: null, organization_id: acme.id },
  ]);
  expect((await ask(app, "GET", `${path}/PLATFORM`)).json).toMatchObject({
    slug: "platform",
    members_count: 1,
    repos_count: 1,
    organization: { login: "acme" },
  });
  expect((await ask(app, "GET", `${path}/platform/members`)).json).toMatchObject([{ login: "grace", id: grace.id }]);
  expect((await ask(app, "GET", `${path}/platform/members?role=maintainer`)).json).toEqual([]);
  const { json } = await ask(app, "GET", `${path}/platform/memberships/GRACE`);
  expect(json).toMatchObject({ role: "member", state: "active" });
  expect((await ask(app, "GET", new URL(json.url).pathname)).status).toBe(200);
  expect((await ask(app, "GET", `${path}/platform/memberships/hedy`)).status).toBe(404);
  expect((await ask(app, "GET", `${path}/platform/repos`)).json).toMatchObject([
    { full_name: "acme/tides", role_name: "write", permissions: { push: true, admin: false } },
  ]);
  expect((await ask(app, "GET", `${path}/nobody`)).json).toMatchObject({ message: "Not Found", status: "404" });
  expect((await ask(app, "GET", `${path}/platform/teams`)).json).toEqual([]);
});

test("an app without that permission is told so, whether the team is there or not, and one elsewhere too", async () => {
  const { ask, appWith, forge, ada } = await start();
  const app = await appWith({ administration: "write", metadata: "read" });
  const refused = { message: "Resource not accessible by integration", status: "403" };
  const paths = ["", "/platform", "/nobody", "/platform/members", "/platform/memberships/grace", "/platform/repos"];
  for (const path of paths) {
    expect((await ask(app, "GET", `/orgs/acme/teams${path}`)).json).toMatchObject(refused);
  }
  const reader = await appWith({ members: "read" }, "Reader");
  for (const body of [{ name: "New" }, undefined]) {
    const method = body === undefined ? "DELETE" : "POST";
    const path = body === undefined ? "/orgs/acme/teams/platform" : "/orgs/acme/teams";
    expect((await ask(reader, method, path, body)).json).toMatchObject(refused);
  }
  const other = createOrganization(forge, { login: "other", name: "Other", owner: ada });
  createTeam(forge, { organization: other, name: "Platform" });
  expect((await ask(reader, "GET", "/orgs/other/teams/platform")).json).toMatchObject(refused);
});

test("an app gives a team a repository with members: read and administration: write, and with neither alone", async () => {
  const { ask, appWith, team, repository } = await start();
  const path = "/orgs/acme/teams/platform/repos/acme/tides";
  const body = { permission: "push" };
  const [administers, reads] = [await appWith({ administration: "write" }), await appWith({ members: "read" }, "Two")];
  expect((await ask(administers, "PUT", path, body)).status).toBe(403);
  expect((await ask(reads, "PUT", path, body)).status).toBe(403);
  const both = await appWith({ administration: "write", members: "read" }, "Three");
  expect((await ask(both, "GET", path)).status).toBe(404);
  expect((await ask(both, "PUT", path, body)).status).toBe(204);
  expect(team.repositories.get(repository)).toBe("write");
  expect((await ask(both, "GET", path)).status).toBe(204);
  expect((await ask(both, "PUT", path, { permission: "rule" })).status).toBe(422);
  expect((await ask(both, "PUT", "/orgs/acme/teams/platform/repos/acme/nothing", body)).status).toBe(404);
  expect((await ask(both, "PUT", "/orgs/acme/teams/nobody/repos/acme/tides", body)).status).toBe(404);
});

test("the team's repository is shown in full to whoever asks for it by its media type", async () => {
  const { forge, team, repository, tokenOf, ada } = await start();
  setTeamRepository(team, repository, "triage");
  const { status, json } = await send(forge.web, {
    path: "/orgs/acme/teams/platform/repos/acme/tides",
    token: tokenOf(ada),
    headers: { accept: "application/vnd.github.v3.repository+json" },
  });
  expect([status, json.role_name, json.permissions.push]).toEqual([200, "triage", false]);
});

test("a repository of somebody else's is none for a team", async () => {
  const { ask, ada, forge } = await start();
  await ask(ada, "POST", "/user/repos", { name: "own" });
  const answer = await ask(ada, "PUT", "/orgs/acme/teams/platform/repos/ada/own", { permission: "pull" });
  expect(answer.status).toBe(422);
  expect(forge.state.repositories.size).toBe(2);
});

test("strangers learn nothing of teams, members see all but secret ones of others, and owners see all", async () => {
  const { ask, ada, grace, hedy, acme, forge } = await start();
  createTeam(forge, { organization: acme, name: "The Secret Ones" });
  const slugs = async (who: Account) =>
    (await ask(who, "GET", "/orgs/acme/teams")).json.map(({ slug }: { slug: string }) => slug);
  expect(await slugs(ada)).toEqual(["platform", "the-secret-ones"]);
  expect(await slugs(grace)).toEqual(["platform"]);
  expect((await ask(grace, "GET", "/orgs/acme/teams/the-secret-ones")).status).toBe(404);
  expect((await ask(hedy, "GET", "/orgs/acme/teams")).status).toBe(403);
  expect((await ask(hedy, "GET", "/orgs/acme/teams/platform")).status).toBe(404);
  expect((await ask(null, "GET", "/orgs/acme/teams/platform")).status).toBe(401);
});

test("a member makes a team and maintains it; others of the organisation may not change it", async () => {
  const { ask, ada, grace, hedy, acme, forge } = await start();
  const made = await ask(grace, "POST", "/orgs/acme/teams", { name: "Docs & Écrits", privacy: "closed" });
  expect([made.status, made.json.slug, made.json.members_count]).toEqual([201, "docs-ecrits", 1]);
  const path = "/orgs/acme/teams/docs-ecrits";
  expect((await ask(grace, "GET", `${path}/memberships/grace`)).json.role).toBe("maintainer");
  expect((await ask(grace, "POST", "/orgs/acme/teams", { name: "docs ecrits" })).json.errors).toMatchObject([
    { resource: "Team", field: "name", code: "already_exists" },
  ]);
  expect((await ask(grace, "PATCH", "/orgs/acme/teams/platform", { name: "Mine" })).status).toBe(403);
  expect((await ask(grace, "PUT", `${path}/memberships/hedy`, {})).status).toBe(403);
  expect((await ask(ada, "PUT", `${path}/memberships/hedy`, { role: "maintainer" })).json.role).toBe("maintainer");
  expect(acme.organization?.members.get(hedy)).toBe("member");
  expect((await ask(ada, "PUT", `${path}/memberships/acme`, {})).status).toBe(422);
  expect((await ask(ada, "PUT", `${path}/memberships/ada`, {})).json.role).toBe("maintainer");
  expect((await ask(hedy, "DELETE", `${path}/memberships/grace`)).status).toBe(204);
  expect((await ask(hedy, "DELETE", `${path}/memberships/hedy`)).status).toBe(204);
  expect((await ask(ada, "PATCH", path, { name: "Words", description: "All of them" })).json).toMatchObject({
    slug: "words",
    description: "All of them",
  });
  expect((await ask(ada, "DELETE", "/orgs/acme/teams/words")).status).toBe(204);
  expect(findTeam(acme, "words")).toBeNull();
  expect((await ask(ada, "POST", "/orgs/acme/teams", { name: "Inner", parent_team_id: 1 })).status).toBe(422);
  expect(forge.state.nodes.get(made.json.node_id)).toBeUndefined();
});

test("an app with members: write makes a team, with maintainers and repositories", async () => {
  const { ask, appWith, acme } = await start();
  const app = await appWith({ members: "write", administration: "write" });
  const body = { name: "Release", maintainers: ["grace"], repo_names: ["acme/tides"], permission: "push" };
  const { status, json } = await ask(app, "POST", "/orgs/acme/teams", body);
  expect([status, json.privacy, json.members_count, json.repos_count]).toEqual([201, "secret", 1, 1]);
  expect([...(findTeam(acme, "release")?.repositories.values() ?? [])]).toEqual(["write"]);
  expect((await ask(app, "POST", "/orgs/acme/teams", { name: "Other", maintainers: ["hedy"] })).status).toBe(422);
  expect((await ask(app, "PUT", "/orgs/acme/teams/release/memberships/hedy", {})).status).toBe(200);
});

test("whoever and whatever leaves the organisation leaves its teams", async () => {
  const { forge, acme, ada, grace, hedy, team, repository } = await start();
  setTeamRepository(team, repository, "admin");
  await setTeamMember(forge, { team, account: hedy }, by(ada));
  await removeMember(forge, { organization: acme, account: grace, actor: by(ada) });
  deletePerson(forge, hedy);
  expect(team.members.size).toBe(0);
  await moveRepository(forge, { repository, owner: ada, name: "tides" }, by(ada));
  expect(team.repositories.size).toBe(0);
  await moveRepository(forge, { repository, owner: acme, name: "tides" }, by(ada));
  setTeamRepository(team, repository, "admin");
  await deleteRepository(forge, repository, by(ada));
  expect(team.repositories.size).toBe(0);
  await deleteAccount(forge, acme, by(ada));
  expect(forge.state.nodes.has(team.nodeId)).toBe(false);
});

test("a team is made, given members and taken away by the sandbox's controls", async () => {
  const { forge, acme, ada, grace, hedy, repository } = await start();
  const control = async (method: string, path: string, body?: object) =>
    send(forge.web, { method, path: `/_sandbox/teams${path}`, ...(body === undefined ? {} : { body }) });
  const wanted = {
    organization: "acme",
    name: "Harbour",
    members: ["grace"],
    maintainers: ["ada"],
    repositories: { tides: "push" },
  };
  expect((await control("POST", "", wanted)).json.slug).toBe("harbour");
  expect(roleOf(grace, repository)).toBe("write");
  expect((await control("PUT", "/acme/harbour/members/hedy", { role: "maintainer" })).status).toBe(200);
  expect(roleOf(hedy, repository)).toBe("write");
  expect((await control("DELETE", "/acme/harbour/members/hedy")).status).toBe(204);
  expect((await control("DELETE", "/acme/harbour/members/hedy")).status).toBe(404);
  expect([...(findTeam(acme, "harbour")?.members.keys() ?? [])]).toEqual([grace, ada]);
  for (const wrong of [{ members: ["nobody"] }, { repositories: { nothing: "push" } }, { organization: "ada" }]) {
    expect((await control("POST", "", { ...wanted, name: "Other", ...wrong })).status).toBe(422);
  }
  expect((await control("DELETE", "/acme/harbour")).status).toBe(204);
  expect((await control("DELETE", "/acme/harbour")).status).toBe(404);
});
