import { expect, test } from "vitest";
import type { Account } from "../../../src/sandbox/model/account.ts";
import type { Permissions } from "../../../src/sandbox/model/app.ts";
import { send } from "../../support/send.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { installTestApp, makeTides } from "../../support/test-app.ts";

const schema = "/orgs/acme/properties/schema";
const values = "/repos/acme/tides/properties/values";

/** Acme asks of each repository which tier it is of, and may be told its topics and its coast. */
async function start() {
  const sandbox = await startTestSandbox();
  const repository = await makeTides(sandbox);
  const ask = async (who: Account | string, method: string, path: string, body?: object) =>
    send(sandbox.forge.web, {
      method,
      path,
      token: typeof who === "string" ? who : sandbox.tokenOf(who),
      ...(body === undefined ? {} : { body }),
    });
  const properties = [
    {
      property_name: "tier",
      value_type: "single_select",
      required: true,
      default_value: "two",
      allowed_values: ["one", "two"],
    },
    {
      property_name: "seas",
      value_type: "multi_select",
      allowed_values: ["north", "south"],
      values_editable_by: "org_and_repo_actors",
    },
    { property_name: "coast", value_type: "string", values_editable_by: "org_and_repo_actors" },
  ];
  expect((await ask(sandbox.ada, "PATCH", schema, { properties })).status).toBe(200);
  const appWith = async (permissions: Permissions, name = "Helper") =>
    (await installTestApp(sandbox, { name, permissions })).token;
  const set = async (who: Account | string, said: Record<string, unknown>) =>
    ask(who, "PATCH", values, {
      properties: Object.entries(said).map(([name, value]) => ({ property_name: name, value })),
    });
  return { ...sandbox, repository, ask, appWith, set };
}

test("what is to be said of repositories is read by members, and by apps that were granted to", async () => {
  const { ask, appWith, grace, hedy } = await start();
  const app = await appWith({ organization_custom_properties: "read" });
  for (const who of [app, grace]) {
    expect((await ask(who, "GET", schema)).json).toMatchObject([
      { property_name: "tier", required: true, default_value: "two", values_editable_by: "org_actors" },
      { property_name: "seas", allowed_values: ["north", "south"], values_editable_by: "org_and_repo_actors" },
      { property_name: "coast", value_type: "string" },
    ]);
  }
  expect((await ask(app, "GET", `${schema}/tier`)).json.property_name).toBe("tier");
  expect((await ask(app, "GET", `${schema}/none`)).status).toBe(404);
  expect((await ask(hedy, "GET", schema)).status).toBe(403);
  expect((await ask(await appWith({ administration: "write" }, "Two"), "GET", schema)).status).toBe(403);
  expect(
    (await ask(app, "PATCH", schema, { properties: [{ property_name: "open", value_type: "string" }] })).status,
  ).toBe(403);
  const admin = await appWith({ organization_custom_properties: "admin" }, "Three");
  expect((await ask(admin, "PUT", `${schema}/open`, { value_type: "true_false" })).status).toBe(200);
  expect((await ask(admin, "DELETE", `${schema}/open`)).status).toBe(204);
  expect((await ask(grace, "DELETE", `${schema}/tier`)).status).toBe(403);
});

test("an app says what is so of a repository; what it does not say is so by default", async () => {
  const { ask, appWith, set, hedy } = await start();
  const app = await appWith({ organization_custom_properties: "write" });
  expect((await ask(hedy, "GET", values)).json).toEqual([{ property_name: "tier", value: "two" }]);
  expect((await set(app, { tier: "one", seas: ["north"], coast: "east" })).status).toBe(204);
  expect((await ask(hedy, "GET", values)).json).toEqual([
    { property_name: "tier", value: "one" },
    { property_name: "seas", value: ["north"] },
    { property_name: "coast", value: "east" },
  ]);
  expect((await ask(hedy, "GET", "/repos/acme/tides")).json.custom_properties).toEqual({
    tier: "one",
    seas: ["north"],
    coast: "east",
  });
  expect((await set(app, { tier: null, coast: null })).status).toBe(204);
  expect((await ask(hedy, "GET", "/repos/acme/tides")).json.custom_properties).toEqual({
    tier: "two",
    seas: ["north"],
  });
});

test.each([
  ["that is not allowed", { tier: "three" }],
  ["of another type", { seas: "north" }],
  ["of a property that is not there", { tide: "high" }],
  ["that is wrong beside one that is right", { coast: "east", tier: "three" }],
])("a value %s is refused, and nothing is changed", async (_, said) => {
  const { ada, set, repository } = await start();
  expect((await set(ada, said)).status).toBe(422);
  expect([...repository.properties]).toEqual([]);
});

test("who keeps a repository says what its properties let them, and nobody else does", async () => {
  const { appWith, set, grace, repository } = await start();
  const app = await appWith({ repository_custom_properties: "write" });
  expect((await set(app, { coast: "east" })).status).toBe(204);
  expect((await set(app, { coast: "west", tier: "one" })).status).toBe(403);
  expect((await set(await appWith({ administration: "write" }, "Two"), { coast: "west" })).status).toBe(403);
  expect((await set(grace, { coast: "west" })).status).toBe(403);
  repository.collaborators.set(grace, "admin");
  expect((await set(grace, { coast: "west" })).status).toBe(204);
  expect((await set(grace, { tier: "one" })).status).toBe(403);
});

test.each([
  ["nothing to select from", { value_type: "single_select" }],
  ["a choice where none is", { value_type: "string", allowed_values: ["one"] }],
  ["no default though it is required", { value_type: "string", required: true }],
  ["a default that is not allowed", { value_type: "true_false", required: true, default_value: "perhaps" }],
])("a property with %s is refused", async (_, body) => {
  const { ask, ada } = await start();
  expect((await ask(ada, "PUT", `${schema}/wrong`, body)).status).toBe(422);
});

test("a new repository comes with what is said of it, or is not made", async () => {
  const { ask, ada, forge } = await start();
  const make = async (name: string, said: object) =>
    ask(ada, "POST", "/orgs/acme/repos", { name, custom_properties: said });
  expect((await make("locks", { tier: "one" })).json.custom_properties).toEqual({ tier: "one" });
  expect((await make("gates", { tier: "three" })).status).toBe(422);
  expect((await make("gates", { tier: 3 })).status).toBe(422);
  expect(forge.state.repositories.size).toBe(2);
  const body = { repository_names: ["locks", "tides"], properties: [{ property_name: "coast", value: "north" }] };
  expect((await ask(ada, "PATCH", "/orgs/acme/properties/values", body)).status).toBe(204);
  expect((await ask(ada, "GET", values)).json).toContainEqual({ property_name: "coast", value: "north" });
});
