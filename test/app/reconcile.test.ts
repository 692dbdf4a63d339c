import { expect, test } from "vitest";
import { reconcileInstallations, reconcileRepositories } from "../../src/app/reconcile.ts";
import { deleteInstallation } from "../../src/sandbox/actions/apps.ts";
import { closeIssue, openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { addReview } from "../../src/sandbox/actions/reviews.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { readOutcome } from "../support/outcome/read-outcome.ts";
import { startTestApp, type TestApp } from "../support/start-test-app.ts";
import { appClientOf } from "../support/sweep.ts";

async function start() {
  const started = await startTestApp();
  const { forge, acme, ada, quiet } = started;
  const repository = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));
  await quiet();
  return { ...started, repository };
}

/** Nothing of what happens is told to the app, and no log knows of it. */
function silence({ forge }: TestApp): void {
  for (const app of forge.state.apps.values()) app.events = [];
  for (const installation of forge.state.installations.values()) installation.events = [];
}

/** A day's work: pull requests, one of them merged, a report that is solved, and commits without a pull request. */
async function work({ forge, ada, grace, hedy }: TestApp, repository: Repository): Promise<void> {
  for (const branch of ["one", "two"]) {
    const issue = await openIssue(forge, { repository, title: `No ${branch}`, body: null }, by(hedy));
    await commitTo(forge, repository, { branch, author: ada, message: `Begin ${branch}` });
    await commitTo(forge, repository, { branch, author: grace, message: `Go on with ${branch}` });
    const body = `Fixes #${issue.number}`;
    const pull = await openPull(forge, { repository, title: branch, body, head: branch, base: "main" }, by(ada));
    await addReview(forge, { pull, body: "Good", verdict: "APPROVE" }, by(grace));
    if (branch === "one") await mergePull(forge, { pull, method: "squash" }, by(ada));
  }
  await commitTo(forge, repository, { branch: "main", author: grace, message: "Say so" });
  const solved = await openIssue(forge, { repository, title: "Too early", body: null }, by(hedy));
  await closeIssue(forge, { issue: solved }, by(ada));
}

function outcomeOf({ app, forge, tokenOf, ada }: TestApp): Promise<string[]> {
  return readOutcome({ api: forge.api, token: tokenOf(ada), organization: "acme" }, app.deps.database);
}

test("what happened while nobody listened comes to the same as if somebody had, and to nothing where somebody had", async () => {
  const undisturbed = await start();
  await work(undisturbed, undisturbed.repository);
  await undisturbed.quiet();
  const wanted = await outcomeOf(undisturbed);
  undisturbed.requests.length = 0;
  // The second time it is not due.
  for (let count = 0; count < 2; count += 1) await reconcileRepositories(undisturbed.app.deps, 60_000);
  await undisturbed.quiet();
  const { requests } = undisturbed;
  expect(requests.filter(({ method, route }) => method !== "GET" && route !== "/graphql")).toEqual([]);
  // Two pull requests, three issues, and what changed of either; the default branch is where it was.
  expect(requests).toHaveLength(7);
  expect(await outcomeOf(undisturbed)).toEqual(wanted);

  const disturbed = await start();
  silence(disturbed);
  await work(disturbed, disturbed.repository);
  await disturbed.quiet();
  expect(await outcomeOf(disturbed)).not.toEqual(wanted);
  await reconcileRepositories(disturbed.app.deps, 60_000);
  await disturbed.quiet();
  expect(await outcomeOf(disturbed)).toEqual(wanted);
}, 180_000);

test("an installation of which nobody told is found, and its repositories with it", async () => {
  const started = await start();
  const { app, forge, acme, ada, quiet, installation } = started;
  silence(started);
  await createRepository(forge, { owner: acme, name: "moons", autoInit: true }, by(ada));
  const client = appClientOf(started);
  const { query } = app.deps.database;
  await query.deleteFrom("installations").execute();
  await reconcileInstallations(app.deps, client);
  await quiet();
  expect(await query.selectFrom("repositories").select("name").orderBy("name").execute()).toEqual([
    { name: "moons" },
    { name: "tides" },
  ]);
  expect(await query.selectFrom("installations").select(["installation_id", "login", "state"]).execute()).toEqual([
    { installation_id: installation.id, login: "acme", state: "active" },
  ]);
  started.faults.arrange([{ kind: "lost", probability: 1, times: null, milliseconds: 0 }], "1");
  await deleteInstallation(forge, installation, by(ada));
  await reconcileInstallations(app.deps, client);
  await quiet();
  expect(await query.selectFrom("installations").select("state").execute()).toEqual([{ state: "gone" }]);
});
