import { expect, test } from "vitest";
import { reconcileInstallations, reconcileRepositories } from "../../src/app/reconcile.ts";
import { deleteInstallation } from "../../src/sandbox/actions/apps.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { closeIssue, openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRelease, deleteRelease, editRelease } from "../../src/sandbox/actions/releases.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { addReview } from "../../src/sandbox/actions/reviews.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { reachBack } from "../../src/store/reconciliations.ts";
import { readPublishedRelease } from "../../src/store/releases.ts";
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
  await createRelease(forge, { repository, tagName: "v1.0.0", body: "News." }, by(ada));
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
  // Two pull requests, three issues, what changed of either, and the releases, of which none did; the default branch is where it was.
  expect(requests).toHaveLength(8);
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

/** Has the repository looked through, and gives what was asked meanwhile. */
async function lookThrough({ app, quiet, requests }: TestApp): Promise<string[]> {
  await quiet();
  requests.length = 0;
  await reconcileRepositories(app.deps, 0);
  await quiet();
  return requests.splice(0).map(({ method, route }) => `${method} ${route}`);
}

function hoursAgo(hours: number): Date {
  return new Date(Date.now() - hours * 60 * 60_000);
}

function writes(requests: readonly string[]): string[] {
  return requests.filter((request) => !request.startsWith("GET ") && request !== "POST /graphql");
}

const patch = "PATCH /repos/{owner}/{repo}/releases/{release_id}";

async function startWithWork() {
  const started = await start();
  const { forge, ada, grace, repository, quiet } = started;
  const land = async (branch: string, author: Account): Promise<void> => {
    await commitTo(forge, repository, { branch, author, message: `Add ${branch}` });
    const pull = await openPull(forge, { repository, title: branch, body: null, head: branch, base: "main" }, by(ada));
    await mergePull(forge, { pull, method: "squash" }, by(ada));
    await quiet();
  };
  await land("tides", ada);
  const before = await createRelease(forge, { repository, tagName: "v1.0.0", body: "The first." }, by(ada));
  await quiet();
  await land("moons", grace);
  return { ...started, land, before };
}

test("a release that was made while nobody listened thanks people, and another look writes nothing", async () => {
  const started = await startWithWork();
  const { forge, ada, grace, repository, before } = started;
  silence(started);
  const { body } = before;
  const made = await createRelease(forge, { repository, tagName: "v1.1.0", body: "News." }, by(ada));
  await started.quiet();
  expect(made.body).toBe("News.");
  expect(writes(await lookThrough(started))).toEqual([patch]);
  expect(made.body).toMatch(/^News\.\n\n<!-- curtain-call:acknowledgements v1\.0\.0\.\.v1\.1\.0 /);
  expect(made.body).toContain(`[${grace.name}]`);
  expect(before.body).toBe(body);
  // What of pull requests, issues and releases changed; a pull request was touched lately, and no release is looked at.
  const again = await lookThrough(started);
  expect(again.filter((request) => request.includes("releases"))).toEqual([]);
  expect(writes(again)).toEqual([]);
}, 180_000);

test("a release that was made on the day on which the app was down is found once it is up", async () => {
  const started = await startWithWork();
  const { app, forge, ada, grace, repository } = started;
  silence(started);
  await lookThrough(started);
  const draft = await createRelease(forge, { repository, tagName: "v1.1.0", body: "Soon.", draft: true }, by(ada));
  draft.updatedAt = hoursAgo(20);
  expect(writes(await lookThrough(started))).toEqual([]);
  const key = { installationId: started.installation.id, repositoryId: repository.id };
  await reachBack(app.deps.database, key, hoursAgo(24));
  expect(writes(await lookThrough(started))).toEqual([patch]);
  expect(draft.body).toContain(`[${grace.name}]`);
}, 180_000);

test("a tag that was moved, a release that was published, and one that is gone are noticed, each once", async () => {
  const started = await startWithWork();
  const { app, forge, ada, grace, hedy, repository, land } = started;
  const key = { installationId: started.installation.id, repositoryId: repository.id };
  const draft = await createRelease(forge, { repository, tagName: "v2.0.0", body: "Soon.", draft: true }, by(ada));
  const made = await createRelease(forge, { repository, tagName: "v1.1.0", body: "News." }, by(ada));
  await started.quiet();
  silence(started);
  await lookThrough(started);

  const from = await tipOf(forge, repository, "main");
  await started.quiet();
  expect(made.body).not.toContain(`[${hedy.name}]`);
  await land("winds", hedy);
  const to = await tipOf(forge, repository, "main");
  await changeRefs(forge, { repository, changes: [{ ref: "refs/tags/v1.1.0", from, to }] }, by(ada));
  await lookThrough(started);
  await lookThrough(started);
  expect(made.body).toContain(`[${hedy.name}]`);
  expect(made.body).toContain(`[${grace.name}]`);

  await editRelease(forge, { release: draft, draft: false }, by(ada));
  expect(await readPublishedRelease(app.deps.database, key, "v2.0.0")).toBeNull();
  await lookThrough(started);
  expect(await readPublishedRelease(app.deps.database, key, "v2.0.0")).not.toBeNull();

  await deleteRelease(forge, draft, by(ada));
  await lookThrough(started);
  expect(await readPublishedRelease(app.deps.database, key, "v2.0.0")).toBeNull();
  const again = await lookThrough(started);
  expect(again.filter((request) => request.includes("releases"))).toEqual([]);
  expect(writes(again)).toEqual([]);
}, 180_000);

test("an old release that somebody edits is left alone", async () => {
  const started = await startWithWork();
  const { app, forge, ada, before } = started;
  silence(started);
  await app.deps.database.query.deleteFrom("releases").execute();
  before.publishedAt = hoursAgo(24);
  await lookThrough(started);
  await editRelease(forge, { release: before, body: "Mine alone." }, by(ada));
  expect((await lookThrough(started)).filter((request) => request.includes("releases"))).toEqual([]);
  expect(before.body).toBe("Mine alone.");
}, 180_000);

test("where no release may be written none is asked for, and the rest is looked through", async () => {
  const started = await start();
  const { forge, ada, installation, repository } = started;
  silence(started);
  installation.permissions = { ...installation.permissions, contents: "read" };
  await createRelease(forge, { repository, tagName: "v1.0.0", body: "News." }, by(ada));
  expect(writes(await lookThrough(started))).toEqual([]);
  expect(started.complaints).toEqual([]);
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
