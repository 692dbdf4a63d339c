import { expect, test } from "vitest";
import { createOrganization, createPerson, renameAccount } from "../../src/sandbox/actions/accounts.ts";
import { installApp } from "../../src/sandbox/actions/apps.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { deleteRepository } from "../../src/sandbox/actions/delete-repository.ts";
import {
  announceEdit,
  changeVisibility,
  createRepository,
  describedBy,
  moveRepository,
} from "../../src/sandbox/actions/repositories.ts";
import type { Installation } from "../../src/sandbox/model/app.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { hidePerson } from "../../src/store/people.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp, type TestApp } from "../support/start-test-app.ts";

/** The app with a repository of acme's that Ada and Grace have pushed to, and another organisation, Mary's. */
async function start() {
  const started = await startTestApp();
  const { forge, acme, ada, grace, quiet } = started;
  const mary = createPerson(forge, { login: "mary", name: "Mary Model", addresses: ["mary@example.com"] });
  const other = createOrganization(forge, { login: "other", name: "Other", owner: mary });
  const repository = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));
  await quiet();
  for (const author of [ada, grace]) {
    await commitTo(forge, repository, { branch: "main", author, message: `By ${author.login}` });
    await quiet();
  }
  return { ...started, mary, other, repository };
}

/** What an installation knows of a repository, and whose credit it has there. */
async function known({ app, quiet }: TestApp, { id: installationId }: Installation, { id }: Repository) {
  await quiet();
  const { query } = app.deps.database;
  const row = await query
    .selectFrom("repositories")
    .selectAll()
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", id)
    .executeTakeFirst();
  const credits = await query
    .selectFrom("credits")
    .select("display_name")
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", id)
    .execute();
  const names = [...new Set(credits.map(({ display_name }) => display_name))].toSorted();
  if (row === undefined) return { repository: null, names };
  const { owner, name, is_private, gone_at } = row;
  return {
    repository: `${owner}/${name}${is_private ? ", private" : ""}${gone_at === null ? "" : ", gone"}`,
    names,
  };
}

const both = ["Ada Example", "Grace Sample"];

test("a repository is followed to another name, and to whom it is shown", async () => {
  const started = await start();
  const { forge, acme, ada, repository, installation, requests, quiet, complaints } = started;
  requests.length = 0;
  await moveRepository(forge, { repository, owner: acme, name: "moons" }, by(ada));
  expect(await known(started, installation, repository)).toEqual({ repository: "acme/moons", names: both });
  expect(requests.map(({ route }) => route)).toEqual(["/installation/repositories"]);
  await changeVisibility(forge, { repository, isPrivate: true }, by(ada));
  expect(await known(started, installation, repository)).toMatchObject({ repository: "acme/moons, private" });
  await changeVisibility(forge, { repository, isPrivate: false }, by(ada));
  expect(await known(started, installation, repository)).toEqual({ repository: "acme/moons", names: both });
  await quiet();
  expect(complaints).toEqual([]);
});

test("an organisation with another name takes its repositories along", async () => {
  const started = await start();
  const { forge, acme, repository, installation } = started;
  await renameAccount(forge, acme, "acme-again");
  expect(await known(started, installation, repository)).toEqual({ repository: "acme-again/tides", names: both });
});

test("a repository that is deleted is gone, and is kept for a while", async () => {
  const started = await start();
  const { forge, ada, repository, installation, complaints } = started;
  await deleteRepository(forge, repository, by(ada));
  expect(await known(started, installation, repository)).toEqual({ repository: "acme/tides, gone", names: both });
  expect(complaints).toEqual([]);
});

test("another default branch brings what is there alone", async () => {
  const started = await start();
  const { forge, ada, hedy, repository, installation, quiet } = started;
  const to = await tipOf(forge, repository, "main");
  await changeRefs(forge, { repository, changes: [{ ref: "refs/heads/next", from: null, to }] }, by(ada));
  await commitTo(forge, repository, { branch: "next", author: hedy, message: "For later" });
  await quiet();
  const before = describedBy(repository);
  repository.defaultBranch = "next";
  await announceEdit(forge, { repository, before }, by(ada));
  const names = [...both, "Hedy Instance"];
  expect(await known(started, installation, repository)).toEqual({ repository: "acme/tides", names });
});

test("a transfer to an organisation that has the app takes along what is known, and what it has heard stays", async () => {
  const started = await start();
  const { forge, acme, ada, mary, other, hedy, grace, repository, installation, app, quiet, complaints } = started;
  const apart = await createRepository(forge, { owner: acme, name: "apart", autoInit: true }, by(ada));
  await quiet();
  await commitTo(forge, apart, { branch: "main", author: ada, message: "Apart" });
  const theirs = await installApp(forge, { app: installation.app, account: other, repositories: null }, by(mary));
  await app.deps.database.query
    .transaction()
    .execute((transaction) => hidePerson(transaction, theirs.id, { id: grace.id, login: "grace" }));
  await quiet();
  await moveRepository(forge, { repository, owner: other, name: "tides" }, by(ada));
  // Whom the new organisation does not list is not listed by what it gets.
  const moved = { repository: "other/tides", names: ["Ada Example"] };
  expect(await known(started, theirs, repository)).toEqual(moved);
  expect(await known(started, installation, repository)).toEqual({ repository: null, names: [] });
  expect(await known(started, installation, apart)).toEqual({ repository: "acme/apart", names: ["Ada Example"] });
  await app.deps.enqueue({ kind: "repository", ...placeOf(installation, repository) });
  await app.deps.enqueue({ kind: "repository", ...placeOf(theirs, repository) });
  expect(await known(started, theirs, repository)).toEqual(moved);
  await commitTo(forge, repository, { branch: "main", author: hedy, message: "From there on" });
  expect(await known(started, theirs, repository)).toMatchObject({ names: ["Ada Example", "Hedy Instance"] });
  expect(await known(started, installation, repository)).toEqual({ repository: null, names: [] });
  await moveRepository(forge, { repository, owner: acme, name: "tides" }, by(mary));
  const back = { repository: "acme/tides", names: ["Ada Example", "Hedy Instance"] };
  expect(await known(started, installation, repository)).toEqual(back);
  expect(await known(started, theirs, repository)).toEqual({ repository: null, names: [] });
  expect(complaints).toEqual([]);
});

test("whoever hears first that it has left hands it over to where it is now", async () => {
  const started = await start();
  const { forge, ada, mary, other, repository, installation, app, quiet } = started;
  const theirs = await installApp(forge, { app: installation.app, account: other, repositories: null }, by(mary));
  const { events } = theirs;
  // Their own word of it comes late.
  theirs.events = ["push"];
  await moveRepository(forge, { repository, owner: other, name: "tides" }, by(ada));
  await commitTo(forge, repository, { branch: "main", author: mary, message: "Before anybody told" });
  await quiet();
  await app.deps.enqueue({ kind: "repository", ...placeOf(installation, repository) });
  expect(await known(started, theirs, repository)).toEqual({
    repository: "other/tides",
    names: [...both, "Mary Model"],
  });
  expect(await known(started, installation, repository)).toEqual({ repository: null, names: [] });
  theirs.events = events;
});

test("a transfer to one that has not the app leaves what is known where it was, for a while", async () => {
  const started = await start();
  const { forge, ada, hedy, other, repository, installation, app, complaints } = started;
  await moveRepository(forge, { repository, owner: other, name: "tides" }, by(ada));
  const place = { ...placeOf(installation, repository), owner: "acme" };
  await app.deps.enqueue({ kind: "repository", ...place });
  const gone = { repository: "acme/tides, gone", names: both };
  expect(await known(started, installation, repository)).toEqual(gone);
  // It is public, and its former name leads to it.
  await commitTo(forge, repository, { branch: "main", author: hedy, message: "Elsewhere" });
  await app.deps.enqueue({ kind: "default branch", ...place });
  expect(await known(started, installation, repository)).toEqual(gone);
  const rows = await app.deps.database.query.selectFrom("repositories").select("installation_id").execute();
  expect(rows).toEqual([{ installation_id: installation.id }]);
  expect(complaints).toEqual([]);
});

function placeOf({ id: installationId }: Installation, { id: repositoryId, owner, name }: Repository) {
  return { installationId, repositoryId, owner: owner.login, name };
}
