import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createOrganization, createPerson, deletePerson } from "../../src/sandbox/actions/accounts.ts";
import { installApp } from "../../src/sandbox/actions/apps.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { hidePerson } from "../../src/store/people.ts";
import { readSeen } from "../../src/store/repositories.ts";
import { commitTo } from "../support/commit-to.ts";
import { gitClient } from "../support/git-client.ts";
import { by } from "../support/graphql-sandbox.ts";
import { temporaryFolder } from "../support/repository.ts";
import { send } from "../support/send.ts";
import { startTestApp } from "../support/start-test-app.ts";

const sandbox = await startTestApp(afterAll);
const { forge, acme, ada, grace, hedy, app, installation, quiet, complaints, requests, tokenOf } = sandbox;

const graceToo = "Co-authored-by: Grace Sample <grace@example.org>";

/** The first commits of repositories, which have credit as well where their history is read before the first push. */
const firstCommits = new Set<string | null>();

/** A repository whose first commit the app has seen. */
async function makeRepository(name: string): Promise<Repository> {
  const repository = await createRepository(forge, { owner: acme, name, autoInit: true }, by(ada));
  firstCommits.add(await tipOf(forge, repository, "main"));
  await quiet();
  requests.length = 0;
  return repository;
}

/** What commits by themselves have given, but for first ones, as in `Ada Example author`. */
async function directCredits({ id }: Repository): Promise<string[]> {
  await quiet();
  expect(complaints).toEqual([]);
  const rows = await app.deps.database.query
    .selectFrom("credits")
    .select(["display_name", "role", "state", "subject"])
    .where("installation_id", "=", installation.id)
    .where("repository_id", "=", id)
    .where("subject_kind", "=", "commit")
    .execute();
  expect(rows.filter(({ state }) => state !== "landed")).toEqual([]);
  const pushed = rows.filter(({ subject }) => !firstCommits.has(subject));
  return pushed.map((row) => `${row.display_name} ${row.role}`).toSorted();
}

async function askedFor(): Promise<string[]> {
  await quiet();
  return requests.splice(0).map(({ method, route }) => `${method} ${route}`);
}

async function clone(repository: Repository): Promise<string> {
  const folder = temporaryFolder();
  const { host } = new URL(forge.web);
  const url = `http://x:${tokenOf(ada)}@${host}/acme/${repository.name}.git`;
  await gitClient(folder, "clone", "--quiet", url, ".");
  return folder;
}

async function isUpToDate(repository: Repository): Promise<void> {
  await quiet();
  const key = { installationId: installation.id, repositoryId: repository.id };
  expect(await readSeen(app.deps.database, key)).toBe(await tipOf(forge, repository, "main"));
}

const compare = "GET /repos/{owner}/{repo}/compare/{basehead}";

test("what was there before the app is not counted by the first push that it hears of", async () => {
  const repository = await makeRepository("first");
  expect(await directCredits(repository)).toEqual([]);
  await isUpToDate(repository);
});

test("what comes first to a repository that was empty when it was made counts, however much it is", async () => {
  const repository = await createRepository(forge, { owner: acme, name: "empty" }, by(ada));
  await quiet();
  const folder = await clone(repository);
  for (const message of ["Begin", `Go on\n\n${graceToo}`]) {
    await gitClient(folder, "commit", "--quiet", "--allow-empty", "-m", message);
  }
  await gitClient(folder, "push", "--quiet", "origin", "HEAD:main");
  expect(await directCredits(repository)).toEqual([
    "Ada Example author",
    "Ada Example author",
    "Grace Sample co-author",
  ]);
  await isUpToDate(repository);
  requests.length = 0;
});

test("a push by git counts for its author and whom the message names, at the commit's own time", async () => {
  const repository = await makeRepository("by-git");
  const folder = await clone(repository);
  writeFileSync(join(folder, "moon.txt"), "full\n");
  await gitClient(folder, "add", ".");
  const date = "--date=2026-02-01T10:00:00Z";
  await gitClient(
    folder,
    "commit",
    "--quiet",
    date,
    "-m",
    `Follow the moon\n\nTested-by: Joan <joan@example.org>\n${graceToo}`,
  );
  await gitClient(folder, "push", "--quiet", "origin", "main");
  expect(await directCredits(repository)).toEqual(["Ada Example author", "Grace Sample co-author", "Joan tester"]);
  const [sha] = (await gitClient(folder, "log", "-1", "--format=%H %cI")).split(" ");
  const committed = (await gitClient(folder, "log", "-1", "--format=%cI")).trim();
  const rows = await app.deps.database.query
    .selectFrom("credits")
    .select(["person_key", "counted_at"])
    .where("subject", "=", sha ?? "")
    .execute();
  expect(new Set(rows.map(({ counted_at }) => counted_at?.getTime()))).toEqual(new Set([Date.parse(committed)]));
  expect(rows.map(({ person_key }) => person_key).toSorted()).toEqual([
    `account:${ada.id}`,
    `account:${grace.id}`,
    expect.stringMatching(/^address:[\da-f]{32}$/),
  ]);
  expect(await askedFor()).toEqual(["POST /graphql", compare, "POST /graphql"]);
  await isUpToDate(repository);
});

test("a file that is changed in the browser counts for whoever changed it", async () => {
  const repository = await makeRepository("by-api");
  const body = { message: `Count the hours\n\n${graceToo}`, content: Buffer.from("12\n").toString("base64") };
  const path = "/api/v3/repos/acme/by-api/contents/hours.txt";
  const answer = await send(forge.web, { method: "PUT", path, token: tokenOf(ada), body });
  expect(answer.status).toBe(201);
  expect(await directCredits(repository)).toEqual(["Ada Example author", "Grace Sample co-author"]);
});

test.for([
  ["squash", 0],
  ["merge", 0],
  // One of them finds what the rebase made of the pull request's commits.
  ["rebase", 3],
] as const)("a pull request that lands by %s gives no commit credit, for %i more requests", async ([method, more]) => {
  const repository = await makeRepository(`lands-by-${method}`);
  for (const message of ["Begin", `Go on\n\n${graceToo}`, "End"]) {
    await commitTo(forge, repository, { branch: "topic", author: hedy, message });
  }
  const wanted = { repository, title: "Together", body: null, head: "topic", base: "main" };
  const pull = await openPull(forge, wanted, by(ada));
  await askedFor();
  await mergePull(forge, { pull, method }, by(ada));
  const reads = (await askedFor()).filter((one) => !one.startsWith("PATCH "));
  expect(reads).toHaveLength(2 + more);
  expect(await directCredits(repository)).toEqual([]);
  await isUpToDate(repository);
});

test("a pull request that is merged beside a push leaves only the push to count", async () => {
  const repository = await makeRepository("beside");
  await commitTo(forge, repository, { branch: "topic", author: hedy, message: "Of a pull request" });
  const wanted = { repository, title: "Beside", body: null, head: "topic", base: "main" };
  const pull = await openPull(forge, wanted, by(hedy));
  await commitTo(forge, repository, { branch: "main", author: grace, message: "By itself" });
  await mergePull(forge, { pull, method: "merge" }, by(ada));
  expect(await directCredits(repository)).toEqual(["Grace Sample author"]);
});

test("a merge that somebody pushes is nobody's work; what it brings is", async () => {
  const repository = await makeRepository("merged-by-hand");
  const folder = await clone(repository);
  await gitClient(folder, "checkout", "--quiet", "-b", "side");
  const author = "--author=Grace Sample <grace@example.org>";
  await gitClient(folder, "commit", "--quiet", "--allow-empty", author, "-m", "Aside");
  await gitClient(folder, "checkout", "--quiet", "main");
  await gitClient(
    folder,
    "merge",
    "--quiet",
    "--no-ff",
    "side",
    "-m",
    `Merge side\n\nReviewed-by: Joan <j@example.org>`,
  );
  await gitClient(folder, "push", "--quiet", "origin", "main");
  expect(await directCredits(repository)).toEqual(["Grace Sample author"]);
});

test("120 commits of one push all count, fifty with each query", async () => {
  const repository = await makeRepository("many");
  const folder = await clone(repository);
  for (let index = 0; index < 120; index++) {
    await gitClient(folder, "commit", "--quiet", "--allow-empty", "-m", `Step ${index}`);
  }
  await gitClient(folder, "push", "--quiet", "origin", "main");
  expect(await directCredits(repository)).toHaveLength(120);
  const asked = ["POST /graphql", compare, compare, "POST /graphql", "POST /graphql", "POST /graphql"];
  expect(await askedFor()).toEqual(asked);
  await isUpToDate(repository);
});

test("after a force push what is new counts, and nothing is taken back", async () => {
  const repository = await makeRepository("forced");
  const base = await tipOf(forge, repository, "main");
  await commitTo(forge, repository, { branch: "main", author: hedy, message: "First" });
  expect(await directCredits(repository)).toEqual(["Hedy Instance author"]);
  await changeRefs(
    forge,
    { repository, changes: [{ ref: "refs/heads/main", from: await tipOf(forge, repository, "main"), to: base }] },
    by(ada),
  );
  expect(await directCredits(repository)).toEqual(["Hedy Instance author"]);
  await commitTo(forge, repository, { branch: "main", author: grace, message: "Instead" });
  expect(await directCredits(repository)).toEqual(["Grace Sample author", "Hedy Instance author"]);
  await isUpToDate(repository);
});

test("a history that has nothing in common with the former one begins anew", async () => {
  const repository = await makeRepository("anew");
  const folder = await clone(repository);
  await gitClient(folder, "checkout", "--quiet", "--orphan", "anew");
  await gitClient(folder, "commit", "--quiet", "--allow-empty", "-m", "Anew");
  await gitClient(folder, "push", "--quiet", "--force", "origin", "anew:main");
  expect(await directCredits(repository)).toEqual([]);
  await isUpToDate(repository);
  await commitTo(forge, repository, { branch: "main", author: grace, message: "And on" });
  expect(await directCredits(repository)).toEqual(["Grace Sample author"]);
});

test("who has deleted the account stays credited by name", async () => {
  const repository = await makeRepository("gone");
  const mary = createPerson(forge, { login: "mary", name: "Mary Model", addresses: ["mary@example.com"] });
  await commitTo(forge, repository, { branch: "main", author: mary, message: "My last" });
  deletePerson(forge, mary);
  expect(await directCredits(repository)).toEqual(["Mary Model author"]);
});

test("an address counts for the account that it was known to be of", async () => {
  const repository = await makeRepository("known-address");
  const nell = createPerson(forge, { login: "nell", name: "Nell Pattern", addresses: ["nell@example.com"] });
  await commitTo(forge, repository, { branch: "main", author: nell, message: "Mine" });
  await quiet();
  const message = "Theirs\n\nReported-by: N. Pattern <Nell@Example.com>";
  await commitTo(forge, repository, { branch: "main", author: ada, message });
  await quiet();
  const rows = await app.deps.database.query
    .selectFrom("credits")
    .select(["role", "person_key"])
    .where("account_id", "=", nell.id)
    .execute();
  expect(rows.map(({ role }) => role).toSorted()).toEqual(["author", "reporter"]);
});

test("whoever asked not to be listed is not", async () => {
  const repository = await makeRepository("unlisted");
  const joan = createPerson(forge, { login: "joan", name: "Joan Specimen", addresses: ["joan-s@example.org"] });
  await app.deps.database.query
    .transaction()
    .execute((transaction) => hidePerson(transaction, installation.id, { id: joan.id, login: "joan" }));
  await commitTo(forge, repository, { branch: "main", author: joan, message: `Quietly\n\n${graceToo}` });
  expect(await directCredits(repository)).toEqual(["Grace Sample co-author"]);
});

test("settings on the default branch say at once whom to leave out", async () => {
  const repository = await makeRepository("excluding");
  const files = [
    { path: ".github/curtain-call.yml", mode: "100644", content: Buffer.from("credit: { exclude: [hedy] }") },
  ];
  const author = { name: "Hedy Instance", email: "hedy@example.com", date: forge.clock(), offset: "+0000" };
  const message = `Leave me out\n\n${graceToo}`;
  await writeFiles(forge, { repository, branch: "main", files, message, author }, by(ada));
  expect(await directCredits(repository)).toEqual(["Grace Sample co-author"]);
});

test("a push to another branch is not asked about", async () => {
  const repository = await makeRepository("elsewhere");
  await commitTo(forge, repository, { branch: "side", author: grace, message: "Aside" });
  expect(await askedFor()).toEqual([]);
  expect(await directCredits(repository)).toEqual([]);
});

test("two organisations with repositories of one name count each their own", async () => {
  const ours = await makeRepository("alike");
  const vera = createPerson(forge, { login: "vera", name: "Vera Likeness", addresses: ["vera@example.com"] });
  const other = createOrganization(forge, { login: "other", name: "Other", owner: vera });
  const theirs = await installApp(forge, { app: installation.app, account: other, repositories: null }, by(vera));
  const alike = await createRepository(forge, { owner: other, name: "alike", autoInit: true }, by(vera));
  await quiet();
  await commitTo(forge, ours, { branch: "main", author: hedy, message: "Ours" });
  await commitTo(forge, alike, { branch: "main", author: vera, message: `Theirs\n\n${graceToo}` });
  expect(await directCredits(ours)).toEqual(["Hedy Instance author"]);
  expect(await directCredits(alike)).toEqual([]);
  for (const table of ["credits", "people", "addresses"] as const) {
    const rows = await app.deps.database.query
      .selectFrom(table)
      .select("account_id")
      .where("installation_id", "=", theirs.id)
      .execute();
    const accounts = new Set(rows.map(({ account_id }) => account_id));
    expect(accounts).toEqual(new Set([vera.id, grace.id]));
  }
});
