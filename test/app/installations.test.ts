import { afterAll, expect, test } from "vitest";
import {
  chooseRepositories,
  deleteInstallation,
  grantPermissions,
  setSuspended,
} from "../../src/sandbox/actions/apps.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { readBackfills } from "../../src/store/backfills.ts";
import { readInstallation } from "../../src/store/installations.ts";
import { readRepositories } from "../../src/store/repositories.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, app, installation, quiet } = await startTestApp(afterAll);
const { database } = app.deps;

async function namesOf(): Promise<string[]> {
  await quiet();
  const reached = await readRepositories(database, installation.id);
  return reached.map(({ name, historyState }) => `${name} ${historyState}`);
}

async function stateOf(): Promise<string | undefined> {
  await quiet();
  return (await readInstallation(database, installation.id))?.state;
}

test("an installation is known from its beginning, and each of its repositories has its history read", async () => {
  expect(await stateOf()).toBe("active");
  const tides = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));
  const charts = await createRepository(forge, { owner: acme, name: "charts", autoInit: true }, by(ada));
  expect(await namesOf()).toEqual(["tides loaded", "charts loaded"]);
  await chooseRepositories(forge, { installation, repositories: [charts] }, by(ada));
  expect(await namesOf()).toEqual(["charts loaded"]);
  await chooseRepositories(forge, { installation, repositories: [charts, tides] }, by(ada));
  expect(await namesOf()).toEqual(["tides loaded", "charts loaded"]);
});

test("what lacks a permission is read once that is granted", async () => {
  await chooseRepositories(forge, { installation, repositories: null }, by(ada));
  const all = installation.permissions;
  const { contents: _, ...others } = all;
  installation.permissions = others;
  await createRepository(forge, { owner: acme, name: "logs", autoInit: true }, by(ada));
  expect(await namesOf()).toContain("logs none");
  const failed = (await readBackfills(database, installation.id)).find(({ state }) => state === "failed");
  expect(failed?.error).toContain("contents: read");
  await grantPermissions(forge, { installation, permissions: all }, by(ada));
  expect(await namesOf()).toContain("logs loaded");
});

test("an installation sleeps, wakes and goes", async () => {
  await setSuspended(forge, { installation, suspended: true }, by(ada));
  expect(await stateOf()).toBe("suspended");
  await setSuspended(forge, { installation, suspended: false }, by(ada));
  expect(await stateOf()).toBe("active");
  await deleteInstallation(forge, installation, by(ada));
  expect(await stateOf()).toBe("gone");
});
