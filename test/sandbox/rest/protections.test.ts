import { expect, test } from "vitest";
import { createTeam } from "../../../src/sandbox/actions/teams.ts";
import type { Account } from "../../../src/sandbox/model/account.ts";
import type { Permissions } from "../../../src/sandbox/model/app.ts";
import { send } from "../../support/send.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { installTestApp, makeTides } from "../../support/test-app.ts";

const protection = "/repos/acme/tides/branches/main/protection";
const rulesets = "/repos/acme/tides/rulesets";
const nothing = {
  required_status_checks: null,
  enforce_admins: null,
  required_pull_request_reviews: null,
  restrictions: null,
};

async function start(permissions: Permissions = { administration: "write" }) {
  const sandbox = await startTestSandbox();
  const repository = await makeTides(sandbox);
  const { token } = await installTestApp(sandbox, { permissions });
  const ask = async (who: Account | string, method: string, path: string, body?: object) =>
    send(sandbox.forge.web, {
      method,
      path,
      token: typeof who === "string" ? who : sandbox.tokenOf(who),
      ...(body === undefined ? {} : { body }),
    });
  return { ...sandbox, repository, token, ask };
}

test("an app protects a branch, and reads what it has put", async () => {
  const { ask, token, forge, acme, grace } = await start();
  createTeam(forge, { organization: acme, name: "Platform" });
  expect((await ask(token, "GET", protection)).json.message).toBe("Branch not protected");
  expect((await ask(grace, "PUT", protection, nothing)).status).toBe(403);
  const wanted = {
    required_status_checks: {
      strict: true,
      contexts: [],
      checks: [{ context: "tests" }, { context: "lint", app_id: -1 }],
    },
    enforce_admins: true,
    required_pull_request_reviews: {
      required_approving_review_count: 2,
      require_code_owner_reviews: true,
      dismissal_restrictions: { users: ["grace"], teams: ["platform"] },
      bypass_pull_request_allowances: { users: ["ada"], apps: ["helper"] },
    },
    restrictions: { users: ["ada"], teams: ["platform"] },
    required_linear_history: true,
    required_conversation_resolution: true,
  };
  const shown = {
    required_status_checks: {
      strict: true,
      contexts: ["tests", "lint"],
      checks: [{ context: "tests" }, { app_id: null }],
    },
    enforce_admins: { enabled: true },
    required_pull_request_reviews: {
      required_approving_review_count: 2,
      require_code_owner_reviews: true,
      dismiss_stale_reviews: false,
      dismissal_restrictions: { users: [{ login: "grace" }], teams: [{ slug: "platform" }] },
      bypass_pull_request_allowances: { users: [{ login: "ada" }], apps: [{ slug: "helper" }] },
    },
    restrictions: { users: [{ login: "ada" }], teams: [{ slug: "platform" }], apps: [] },
    required_linear_history: { enabled: true },
    required_conversation_resolution: { enabled: true },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
  };
  const put = await ask(token, "PUT", protection, wanted);
  expect([put.status, put.json]).toMatchObject([200, shown]);
  expect((await ask(token, "GET", protection)).json).toMatchObject(shown);
});

test("a protected branch says so, keeps its protection under a new name, and loses it where it is taken away", async () => {
  const { ask, ada } = await start();
  const isProtected = async (branch: string) =>
    (await ask(ada, "GET", `/repos/acme/tides/branches/${branch}`)).json.protected;
  expect(await isProtected("main")).toBe(false);
  await ask(ada, "PUT", protection, { ...nothing, required_status_checks: { strict: false, contexts: ["tests"] } });
  expect((await ask(ada, "GET", "/repos/acme/tides/branches")).json).toMatchObject([{ name: "main", protected: true }]);
  expect((await ask(ada, "GET", "/repos/acme/tides/branches/main")).json.protection).toMatchObject({
    enabled: true,
    required_status_checks: { enforcement_level: "non_admins", contexts: ["tests"] },
  });
  await ask(ada, "POST", "/repos/acme/tides/branches/main/rename", { new_name: "trunk" });
  expect(await isProtected("trunk")).toBe(true);
  const path = "/repos/acme/tides/branches/trunk/protection";
  expect((await ask(ada, "DELETE", path)).status).toBe(204);
  expect((await ask(ada, "DELETE", path)).status).toBe(404);
  expect(await isProtected("trunk")).toBe(false);
});

test.each([
  [{ administration: "read" }, 200, 403],
  [{ contents: "write", repository_creation: "write" }, 403, 403],
] as const)(
  "an app that was granted %j reads protection: %i, and writes it: %i",
  async (permissions, reads, writes) => {
    const { ask, token, ada } = await start(permissions);
    await ask(ada, "PUT", protection, nothing);
    expect((await ask(token, "GET", protection)).status).toBe(reads);
    expect((await ask(token, "PUT", protection, nothing)).status).toBe(writes);
    expect((await ask(token, "POST", rulesets, { name: "Ours", enforcement: "active" })).status).toBe(writes);
  },
);

test.each([
  ["a branch that is not there", "/repos/acme/tides/branches/none/protection", nothing, 404],
  ["less than the whole", protection, { enforce_admins: true }, 422],
  ["a person who is not there", protection, { ...nothing, restrictions: { users: ["nobody"], teams: [] } }, 422],
  ["a team that is not there", protection, { ...nothing, restrictions: { users: [], teams: ["nobody"] } }, 422],
  [
    "seven reviews",
    protection,
    { ...nothing, required_pull_request_reviews: { required_approving_review_count: 7 } },
    422,
  ],
])("protection with %s is refused", async (_, path, body, status) => {
  const { ask, ada } = await start();
  expect((await ask(ada, "PUT", path, body)).status).toBe(status);
});

test("in a person's own repository nobody is chosen for a branch", async () => {
  const { ask, ada } = await start();
  await ask(ada, "POST", "/user/repos", { name: "own", auto_init: true });
  const path = "/repos/ada/own/branches/main/protection";
  const answer = await ask(ada, "PUT", path, { ...nothing, restrictions: { users: ["ada"], teams: [] } });
  expect(answer.json.errors).toEqual(["Only organization repositories can have users and team restrictions"]);
  expect((await ask(ada, "PUT", path, nothing)).status).toBe(200);
});

test("an app makes a ruleset, others read it without who may pass by, and it is changed and taken away", async () => {
  const { ask, token, hedy } = await start();
  const wanted = {
    name: "Main is reviewed",
    target: "branch",
    enforcement: "active",
    bypass_actors: [{ actor_id: 1, actor_type: "OrganizationAdmin", bypass_mode: "always" }],
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    rules: [
      { type: "deletion" },
      {
        type: "required_status_checks",
        parameters: { required_status_checks: [{ context: "tests" }], strict_required_status_checks_policy: true },
      },
    ],
  };
  const made = await ask(token, "POST", rulesets, wanted);
  expect([made.status, made.json]).toMatchObject([201, { ...wanted, source: "acme/tides", source_type: "Repository" }]);
  expect((await ask(token, "POST", rulesets, wanted)).json.errors).toEqual(["Name must be unique"]);
  const path = `${rulesets}/${made.json.id}`;
  const { json: seen } = await ask(hedy, "GET", path);
  expect([seen.rules, seen.bypass_actors]).toEqual([wanted.rules, undefined]);
  expect((await ask(hedy, "PUT", path, { name: "Mine" })).status).toBe(403);
  expect((await ask(token, "PUT", path, { enforcement: "disabled" })).json).toMatchObject({
    ...wanted,
    enforcement: "disabled",
  });
  expect((await ask(hedy, "GET", rulesets)).json).toMatchObject([{ id: made.json.id, enforcement: "disabled" }]);
  expect((await ask(hedy, "GET", `${rulesets}?targets=tag`)).json).toEqual([]);
  expect((await ask(token, "DELETE", path)).status).toBe(204);
  expect((await ask(token, "GET", path)).status).toBe(404);
});
