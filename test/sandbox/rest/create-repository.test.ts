import { expect, test } from "vitest";
import { createTeam } from "../../../src/sandbox/actions/teams.ts";
import { roleOf } from "../../../src/sandbox/identity/access.ts";
import type { Account } from "../../../src/sandbox/model/account.ts";
import type { Permissions } from "../../../src/sandbox/model/app.ts";
import { findRepository } from "../../../src/sandbox/model/state.ts";
import { send } from "../../support/send.ts";
import { listenForWebhooks, startTestSandbox } from "../../support/start-test-sandbox.ts";
import { installTestApp, makeTides, type Wishes } from "../../support/test-app.ts";

const repositories = "/orgs/acme/repos";

async function start(permissions: Permissions = { administration: "write", contents: "write" }, wishes: Wishes = {}) {
  const sandbox = await startTestSandbox();
  const app = await installTestApp(sandbox, { permissions, ...wishes });
  const ask = async (who: Account | string, method: string, place: string, body?: object) =>
    send(sandbox.forge.web, {
      method,
      path: place,
      token: typeof who === "string" ? who : sandbox.tokenOf(who),
      ...(body === undefined ? {} : { body }),
    });
  return { ...sandbox, ...app, ask };
}

test.each([
  [{ administration: "write" }, 201],
  [{ repository_creation: "write" }, 201],
  [{ administration: "read" }, 403],
  [{ contents: "write", members: "write" }, 403],
] as const)("an app that was granted %j and asks for a repository is answered %i", async (permissions, status) => {
  const { ask, token } = await start(permissions);
  expect((await ask(token, "POST", repositories, { name: "tides" })).status).toBe(status);
});

test("all that is said of a new repository is so, and can be changed", async () => {
  const { ask, token } = await start();
  const said = {
    description: "When the water comes",
    homepage: "https://tides.example.org",
    private: true,
    has_issues: false,
    has_projects: false,
    has_wiki: false,
    is_template: true,
    allow_squash_merge: true,
    allow_merge_commit: false,
    allow_rebase_merge: false,
    allow_auto_merge: true,
    delete_branch_on_merge: true,
    squash_merge_commit_title: "PR_TITLE",
    squash_merge_commit_message: "PR_BODY",
  };
  const made = await ask(token, "POST", repositories, { name: "tides", auto_init: true, ...said });
  expect([made.status, made.json]).toMatchObject([201, { ...said, visibility: "private", default_branch: "main" }]);
  const changes = {
    is_template: false,
    allow_update_branch: true,
    allow_auto_merge: false,
    web_commit_signoff_required: true,
    visibility: "public",
  };
  expect((await ask(token, "PATCH", "/repos/acme/tides", changes)).json).toMatchObject({
    ...said,
    ...changes,
    private: false,
  });
  const none = { allow_squash_merge: false, description: "Nothing" };
  expect((await ask(token, "PATCH", "/repos/acme/tides", none)).status).toBe(422);
  expect((await ask(token, "GET", "/repos/acme/tides")).json).toMatchObject({
    allow_squash_merge: true,
    description: said.description,
  });
});

test.each([
  ["no way to merge", { allow_squash_merge: false, allow_merge_commit: false, allow_rebase_merge: false }],
  ["a license that is not there", { license_template: "mit" }],
  ["files to ignore that are not there", { gitignore_template: "Node" }],
  ["a team that is not there", { team_id: 4711 }],
  ["a visibility that is none", { visibility: "hidden" }],
])("a repository with %s is not made", async (_, wrong) => {
  const { ask, token, forge, ada } = await start();
  expect((await ask(token, "POST", repositories, { name: "tides", ...wrong })).status).toBe(422);
  expect((await ask(ada, "POST", repositories, { name: "tides", ...wrong })).status).toBe(422);
  expect(forge.state.repositories.size).toBe(0);
});

test("an app that reaches chosen repositories reaches those, too, that it makes, and hears of it", async () => {
  const { url, received } = await listenForWebhooks();
  const { ask, token, installation, settled } = await start(undefined, { webhookUrl: url, repositories: [] });
  expect((await ask(token, "POST", repositories, { name: "tides", private: true, auto_init: true })).status).toBe(201);
  expect((await ask(token, "GET", "/repos/acme/tides/git/ref/heads/main")).status).toBe(200);
  expect(installation.repositories?.size).toBe(1);
  await settled();
  expect(received.map(({ event, payload }) => `${event} ${payload.action}`)).toContain(
    "installation_repositories added",
  );
});

test("a team that a repository is made for may read it", async () => {
  const { ask, ada, acme, grace, forge } = await start();
  if (acme.organization !== null) acme.organization.defaultRepositoryPermission = "none";
  const team = createTeam(forge, { organization: acme, name: "Platform" });
  team.members.set(grace, "member");
  await ask(ada, "POST", repositories, { name: "tides", private: true, team_id: team.id });
  expect((await ask(grace, "GET", "/repos/acme/tides")).json.permissions).toMatchObject({ pull: true, push: false });
});

test("members make what the organisation lets them make, and may do everything in it", async () => {
  const { ask, ada, grace, hedy, forge } = await start();
  expect((await ask(grace, "POST", repositories, { name: "one" })).status).toBe(201);
  const one = findRepository(forge.state, "acme", "one");
  expect(one !== null && roleOf(grace, one)).toBe("admin");
  const settings = async (body: object) => ask(ada, "PATCH", "/orgs/acme", body);
  const may = async (name: string) => {
    const statuses = [];
    for (const isPrivate of [false, true]) {
      statuses.push(
        (await ask(grace, "POST", repositories, { name: `${name}-${isPrivate}`, private: isPrivate })).status,
      );
    }
    return statuses;
  };
  await settings({ members_can_create_public_repositories: false });
  expect(await may("two")).toEqual([403, 201]);
  await settings({ members_can_create_public_repositories: true, members_can_create_private_repositories: false });
  expect(await may("three")).toEqual([201, 403]);
  await settings({ members_allowed_repository_creation_type: "private" });
  expect(await may("four")).toEqual([403, 201]);
  await settings({ members_can_create_repositories: false });
  expect(await may("five")).toEqual([403, 403]);
  expect((await ask(ada, "POST", repositories, { name: "six" })).status).toBe(201);
  expect((await ask(hedy, "POST", repositories, { name: "seven" })).status).toBe(403);
});

test("who may create repositories is shown to owners, and to apps that may read how the organisation is kept", async () => {
  const { ask, ada, grace, hedy, token, acme, ...sandbox } = await start({ members: "read" });
  if (acme.organization !== null) acme.organization.membersCanCreate = { public: false, private: true };
  const wishes = { name: "Keeper", permissions: { organization_administration: "read" } as const };
  const keeper = await installTestApp({ ...sandbox, ada, grace, hedy, acme }, wishes);
  const shown = {
    members_can_create_repositories: true,
    members_can_create_public_repositories: false,
    members_can_create_private_repositories: true,
    members_allowed_repository_creation_type: "private",
  };
  for (const who of [ada, keeper.token]) expect((await ask(who, "GET", "/orgs/acme")).json).toMatchObject(shown);
  for (const who of [grace, hedy, token]) {
    const { json } = await ask(who, "GET", "/orgs/acme");
    expect([json.login, Object.keys(json).filter((name) => name in shown)]).toEqual(["acme", []]);
  }
  expect((await ask(keeper.token, "PATCH", "/orgs/acme", { name: "Ours" })).status).toBe(403);
});

test("an app sees who is a member, and what they are, with members: read", async () => {
  const { ask, token, ...sandbox } = await start({ members: "read" });
  expect((await ask(token, "GET", "/orgs/acme/memberships/ADA")).json).toMatchObject({
    role: "admin",
    state: "active",
    user: { login: "ada" },
  });
  expect((await ask(token, "GET", "/orgs/acme/memberships/grace")).json.role).toBe("member");
  expect((await ask(token, "GET", "/orgs/acme/memberships/hedy")).status).toBe(404);
  const blind = await installTestApp(sandbox, { name: "Blind", permissions: { administration: "write" } });
  expect((await ask(blind.token, "GET", "/orgs/acme/memberships/ada")).json).toMatchObject({
    message: "Resource not accessible by integration",
    status: "403",
  });
  expect((await ask(sandbox.hedy, "GET", "/orgs/acme/memberships/ada")).status).toBe(403);
});

test("an app fills a new repository in five requests, the executable bit included", async () => {
  const { ask, token } = await start();
  await ask(token, "POST", repositories, { name: "tides", auto_init: true });
  const git = "/repos/acme/tides/git";
  const head = (await ask(token, "GET", `${git}/ref/heads/main`)).json.object.sha;
  const { json: tree } = await ask(token, "POST", `${git}/trees`, {
    tree: [
      { path: "README.md", mode: "100644", type: "blob", content: "# Tides\n" },
      { path: "scripts/run.sh", mode: "100755", type: "blob", content: "#!/bin/sh\necho high\n" },
    ],
  });
  const message = "Begin\n\nCo-authored-by: Grace Sample <grace@example.org>\n";
  const { json: commit } = await ask(token, "POST", `${git}/commits`, { message, tree: tree.sha, parents: [head] });
  expect((await ask(token, "PATCH", `${git}/refs/heads/main`, { sha: commit.sha })).status).toBe(200);
  const { json } = await ask(token, "GET", `${git}/trees/main?recursive=1`);
  expect(json.tree.map(({ path: name, mode }: { path: string; mode: string }) => [name, mode])).toEqual([
    ["README.md", "100644"],
    ["scripts", "040000"],
    ["scripts/run.sh", "100755"],
  ]);
});

test("an app writes workflows only where it was granted to", async () => {
  const { ask, token, ...sandbox } = await start();
  await ask(token, "POST", repositories, { name: "tides", auto_init: true });
  const entry = { path: ".github/workflows/test.yml", mode: "100644", type: "blob", content: "on: push\n" };
  const place = "/repos/acme/tides/git/trees";
  const file = `/repos/acme/tides/contents/${entry.path}`;
  const content = { message: "Test", content: Buffer.from(entry.content).toString("base64") };
  expect((await ask(token, "POST", place, { tree: [entry] })).json.message).toBe(
    "Resource not accessible by integration",
  );
  expect((await ask(token, "PUT", file, content)).status).toBe(403);
  const permissions = { contents: "write", workflows: "write" } as const;
  const granted = await installTestApp(sandbox, { name: "Granted", permissions });
  expect((await ask(granted.token, "POST", place, { tree: [entry] })).status).toBe(201);
  expect((await ask(granted.token, "PUT", file, content)).status).toBe(201);
});

test("an app keeps topics, labels and milestones", async () => {
  const { ask, token, ...sandbox } = await start({ administration: "write", issues: "write" });
  await makeTides(sandbox);
  const place = "/repos/acme/tides";
  expect((await ask(token, "PUT", `${place}/topics`, { names: ["Sea", "tides"] })).json).toEqual({
    names: ["sea", "tides"],
  });
  const many = Array.from({ length: 21 }, (_, index) => `topic-${index}`);
  expect((await ask(token, "PUT", `${place}/topics`, { names: many })).status).toBe(422);
  expect((await ask(token, "PUT", `${place}/topics`, { names: ["not a topic"] })).status).toBe(422);
  const label = { name: "high water", color: "0e8a16", description: "Wet" };
  expect((await ask(token, "POST", `${place}/labels`, label)).json).toMatchObject(label);
  expect((await ask(token, "POST", `${place}/labels`, label)).status).toBe(422);
  const changed = { new_name: "low water", color: "ffffff" };
  expect((await ask(token, "PATCH", `${place}/labels/high%20water`, changed)).json.name).toBe("low water");
  const { json: labels } = await ask(token, "GET", `${place}/labels?per_page=100`);
  expect(labels.map(({ name }: { name: string }) => name)).toContain("low water");
  const milestone = { title: "First tide", description: "Soon", due_on: "2026-06-01T00:00:00Z" };
  expect((await ask(token, "POST", `${place}/milestones`, milestone)).json).toMatchObject({ ...milestone, number: 1 });
  expect((await ask(token, "POST", `${place}/milestones`, milestone)).status).toBe(422);
  expect((await ask(token, "GET", `${place}/milestones`)).json).toMatchObject([milestone]);
});
