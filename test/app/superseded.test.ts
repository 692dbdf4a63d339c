import { afterAll, expect, test } from "vitest";
import { createPerson } from "../../src/sandbox/actions/accounts.ts";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { closeIssue, openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { readCredits } from "../../src/store/credits.ts";
import type { Database } from "../../src/store/open-database.ts";
import { readRelations } from "../../src/store/pull-requests.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startSecondApp } from "../support/start-second-app.ts";
import { startTestApp } from "../support/start-test-app.ts";

const live = await startTestApp(afterAll);
const { forge, acme, ada, grace, hedy, app, installation, quiet, commentsOn, complaints } = live;
const mary = createPerson(forge, { login: "mary", name: "Mary Model", addresses: ["mary@example.com"] });

function makeRepository(name: string): Promise<Repository> {
  return createRepository(forge, { owner: acme, name, autoInit: true }, by(ada));
}

async function propose(
  repository: Repository,
  { author, branch, body, message = "Count" }: { author: Account; branch: string; body: string; message?: string },
): Promise<PullRequest> {
  repository.collaborators.set(author, "write");
  await commitTo(forge, repository, { branch, author, message });
  return openPull(forge, { repository, title: `Count ${branch}`, body, head: branch, base: "main" }, by(author));
}

function keyOf({ id: repositoryId }: Repository) {
  return { installationId: installation.id, repositoryId };
}

async function creditsOf(database: Database, { issue }: PullRequest): Promise<string[]> {
  const subject = { kind: "pull request", number: issue.number } as const;
  const entries = await readCredits(database, { ...keyOf(issue.repository), subject });
  return entries.map(({ person, role, evidence }) => {
    return `${person.name}, ${role}: ${evidence.map(({ kind, label }) => `${kind} ${label}`).join(", ")}`;
  });
}

async function rowsOf({ query }: Database, { id }: Repository) {
  const credits = query.selectFrom("credits").selectAll().where("repository_id", "=", id);
  const pulls = query.selectFrom("pull_requests").selectAll().where("repository_id", "=", id).orderBy("number");
  return {
    credits: await credits
      .where("subject_kind", "=", "pull request")
      .orderBy("subject")
      .orderBy("person_key")
      .orderBy("role")
      .execute(),
    pulls: await pulls.execute(),
  };
}

test("whoever wrote what is taken over has credit for it, with a link, and from the history alike", async () => {
  const tides = await makeRepository("tides");
  const message =
    "Begin\n\nCo-authored-by: Joan Figure <joan@example.org>\nTested-by: Hedy Instance <hedy@example.com>";
  const first = await propose(tides, { author: grace, branch: "first", body: "", message });
  await closeIssue(forge, { issue: first.issue }, by(grace));
  const report = await openIssue(forge, { repository: tides, title: "Off by an hour", body: null }, by(mary));
  await quiet();
  const body = `Supersedes #${first.issue.number}, #${report.number} and #77.\n\nReverts acme/tides#${first.issue.number}`;
  const second = await propose(tides, { author: ada, branch: "second", body });
  await quiet();
  const [comment = ""] = commentsOn(second.issue);
  expect(comment).toContain(
    `| [Grace Sample](${forge.web}/grace) | co-author | [#1](${forge.web}/acme/tides/pull/1) |`,
  );
  expect(comment).toContain("| Joan Figure | co-author | [#1]");
  expect(comment).not.toContain("Mary");
  expect(comment).toContain(`Co-authored-by: Grace Sample <grace@example.org>`);

  await mergePull(forge, { pull: second, method: "squash" }, by(ada));
  const port = await propose(tides, { author: ada, branch: "port", body: `Backport of #${second.issue.number}.` });
  await mergePull(forge, { pull: port, method: "rebase" }, by(ada));
  await quiet();
  const { database } = app.deps;
  const evidence = "superseded pull request #1";
  expect(await creditsOf(database, second)).toEqual([
    expect.stringMatching(/^Ada Example, author: commit /),
    `Grace Sample, co-author: ${evidence}`,
    `Joan Figure, co-author: ${evidence}`,
  ]);
  const numbers = [1, second.issue.number, port.issue.number];
  expect(await readRelations(database, keyOf(tides), numbers)).toEqual(
    new Map([
      [1, { backportOf: [], reverts: [] }],
      [second.issue.number, { backportOf: [], reverts: [1] }],
      [port.issue.number, { backportOf: [second.issue.number], reverts: [] }],
    ]),
  );
  await addComment(forge, { issue: second.issue, body: "/credit why @grace" }, by(hedy));
  await quiet();
  expect(second.issue.comments.at(-1)?.body).toContain("| co-author | [#1](");

  const other = await startSecondApp(live);
  await other.ask(tides);
  await other.idle();
  const rows = await rowsOf(database, tides);
  expect(await rowsOf(other.database, tides)).toEqual({
    credits: rows.credits.filter(({ subject }) => subject !== "1"),
    pulls: rows.pulls.filter(({ number }) => number !== 1),
  });
  expect([...complaints, ...other.complaints]).toEqual([]);
});

test("nobody is credited for their own, and whoever asked to be forgotten is not", async () => {
  const charts = await makeRepository("charts");
  const own = await propose(charts, { author: ada, branch: "own", body: "" });
  const theirs = await propose(charts, { author: mary, branch: "theirs", body: "" });
  const body = `Replaces #${own.issue.number} and https://example.com/acme/charts/pull/2; takes over #2.`;
  const third = await propose(charts, { author: ada, branch: "third", body });
  await quiet();
  expect(commentsOn(third.issue)).toEqual([]);
  await addComment(forge, { issue: theirs.issue, body: "/credit forget-me" }, by(mary));
  await quiet();
  const fourth = await propose(charts, { author: ada, branch: "fourth", body: `Takes over #${theirs.issue.number}` });
  await mergePull(forge, { pull: fourth, method: "merge" }, by(ada));
  await quiet();
  for (const pull of [third, fourth]) {
    expect(await creditsOf(app.deps.database, pull)).toEqual([expect.stringMatching(/^Ada Example, author: commit /)]);
  }
  expect(commentsOn(fourth.issue)).toEqual([]);
});
