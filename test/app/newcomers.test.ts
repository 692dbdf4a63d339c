import { afterAll, expect, test } from "vitest";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, grace, hedy, app, installation, quiet, commentsOn, requests } = await startTestApp(afterAll);

async function propose(repository: Repository, { branch, author }: { branch: string; author: Account }) {
  const message = `Count\n\nCo-authored-by: Grace Sample <grace@example.org>`;
  await commitTo(forge, repository, { branch, author, message });
  return openPull(forge, { repository, title: branch, body: null, head: branch, base: "main" }, by(ada));
}

async function welcomedOn({ issue }: PullRequest): Promise<string[]> {
  await quiet();
  const rows = (commentsOn(issue)[0] ?? "").split("\n").filter((line) => line.includes("first time here, welcome!"));
  return rows.map((row) => /\[([^\]]*)\]/.exec(row)?.[1] ?? "");
}

test("whoever takes part for the first time is welcomed, and not the second time", async () => {
  const repository = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));
  const first = await propose(repository, { branch: "first", author: ada });
  // Nobody was there before.
  expect(await welcomedOn(first)).toEqual([]);
  await mergePull(forge, { pull: first, method: "squash" }, by(ada));
  expect(await welcomedOn(first)).toEqual([]);

  const second = await propose(repository, { branch: "second", author: hedy });
  expect(await welcomedOn(second)).toEqual(["Hedy Instance"]);
  await mergePull(forge, { pull: second, method: "squash" }, by(ada));
  // Whoever was new there stays so.
  expect(await welcomedOn(second)).toEqual(["Hedy Instance"]);
  const third = await propose(repository, { branch: "third", author: hedy });
  expect(await welcomedOn(third)).toEqual([]);
});

test("what somebody did before the app was there is asked of GitHub, once", async () => {
  installation.suspended = { at: forge.clock(), by: ada };
  const repository = await createRepository(forge, { owner: acme, name: "harbour", autoInit: true }, by(ada));
  const early = await propose(repository, { branch: "early", author: hedy });
  await addComment(forge, { issue: early.issue, body: "Well done" }, by(grace));
  await addComment(forge, { issue: early.issue, body: "Thank you" }, by(hedy));
  await mergePull(forge, { pull: early, method: "squash" }, by(ada));
  await quiet();
  installation.suspended = null;
  requests.length = 0;
  const late = await propose(repository, { branch: "late", author: hedy });
  expect(await welcomedOn(late)).toEqual([]);
  const asked = requests.filter(({ route }) => route === "/graphql").length;
  await commitTo(forge, repository, { branch: "late", author: hedy, message: "More of it" });
  await quiet();
  expect(requests.filter(({ route }) => route === "/graphql")).toHaveLength(asked + 1);
  const rows = await app.deps.database.query.selectFrom("earlier_work").selectAll().execute();
  expect(rows.filter(({ repository_id: id }) => id === repository.id)).toHaveLength(2);
});
