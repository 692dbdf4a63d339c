import { afterAll, expect, test } from "vitest";
import { createPerson } from "../../src/sandbox/actions/accounts.ts";
import { closeIssue, openIssue, reopenIssue, setLabels } from "../../src/sandbox/actions/issues.ts";
import { createLabel } from "../../src/sandbox/actions/labels.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository, setCollaborator } from "../../src/sandbox/actions/repositories.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Issue, PullRequest } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { addCorrections } from "../../src/store/corrections.ts";
import { readCredits } from "../../src/store/credits.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp } from "../support/start-test-app.ts";

const sandbox = await startTestApp(afterAll);
const { forge, acme, ada, grace, hedy, app, installation, quiet, complaints, requests } = sandbox;

function makeRepository(name: string): Promise<Repository> {
  return createRepository(forge, { owner: acme, name, autoInit: true }, by(ada));
}

function report(repository: Repository, who: Account): Promise<Issue> {
  return openIssue(forge, { repository, title: "Off by an hour", body: null }, by(who));
}

function keyOf({ repository, number }: Issue, kind: "issue" | "pull request" = "issue") {
  return { installationId: installation.id, repositoryId: repository.id, subject: { kind, number } } as const;
}

/** Who is stored with what, as in `Hedy Instance reporter`. */
async function creditOf(issue: Issue, kind: "issue" | "pull request" = "issue"): Promise<string[]> {
  await quiet();
  expect(complaints).toEqual([]);
  const credits = await readCredits(app.deps.database, keyOf(issue, kind));
  return credits.map(({ person: { name }, role }) => `${name} ${role}`).toSorted();
}

async function askedFor(): Promise<string[]> {
  await quiet();
  return requests.splice(0).map(({ method, route }) => `${method} ${route}`);
}

async function proposeToClose(issue: Issue): Promise<PullRequest> {
  const { repository, number } = issue;
  await commitTo(forge, repository, { branch: "topic", author: grace, message: "Count the hours" });
  const wanted = { repository, title: "Right by the hour", body: `Closes #${number}`, head: "topic", base: "main" };
  return openPull(forge, wanted, by(grace));
}

test("a report that somebody solves counts since the issue was closed, for one query", async () => {
  const issue = await report(await makeRepository("solved"), hedy);
  await askedFor();
  await closeIssue(forge, { issue }, by(ada));
  expect(await askedFor()).toEqual(["POST /graphql"]);
  const [entry, ...others] = await readCredits(app.deps.database, keyOf(issue));
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    person: { key: `account:${hedy.id}`, accountId: hedy.id, name: "Hedy Instance" },
    role: "reporter",
    state: "landed",
    evidence: [{ kind: "issue", label: `#${issue.number}` }],
  });
  expect(Math.abs((entry?.countedAt?.getTime() ?? 0) - (issue.closedAt?.getTime() ?? 0))).toBeLessThan(1000);
});

test("in a private repository it counts as well", async () => {
  const repository = await createRepository(
    forge,
    { owner: acme, name: "solved-in-private", private: true, autoInit: true },
    by(ada),
  );
  const issue = await report(repository, grace);
  await closeIssue(forge, { issue }, by(ada));
  expect(await creditOf(issue)).toEqual(["Grace Sample reporter"]);
});

test("reopened it counts no more, and not when it is closed as not planned", async () => {
  const issue = await report(await makeRepository("not-planned"), hedy);
  await closeIssue(forge, { issue }, by(ada));
  expect(await creditOf(issue)).toEqual(["Hedy Instance reporter"]);
  await reopenIssue(forge, issue, by(ada));
  expect(await creditOf(issue)).toEqual([]);
  await closeIssue(forge, { issue, reason: "not_planned" }, by(ada));
  expect(await creditOf(issue)).toEqual([]);
});

test("who is from outside gives no credit to themselves; who looks after the repository does", async () => {
  const repository = await makeRepository("own");
  const mary = createPerson(forge, { login: "mary", name: "Mary Model", addresses: ["mary@example.com"] });
  await setCollaborator(forge, { repository, account: mary, role: "write" }, by(ada));
  const answers: [Account, string[]][] = [
    [hedy, []],
    [mary, ["Mary Model reporter"]],
    [grace, ["Grace Sample reporter"]],
    [ada, ["Ada Example reporter"]],
  ];
  for (const [who, credit] of answers) {
    const issue = await report(repository, who);
    await closeIssue(forge, { issue }, by(who));
    expect(await creditOf(issue)).toEqual(credit);
  }
});

test("a label makes it an idea, and without the label it is a report again", async () => {
  const repository = await makeRepository("ideas");
  const wanted = { repository, name: "enhancement", color: "ededed", description: null };
  const label =
    repository.labels.find(({ name }) => name === "enhancement") ?? (await createLabel(forge, wanted, by(ada)));
  const issue = await report(repository, hedy);
  await closeIssue(forge, { issue }, by(ada));
  await setLabels(forge, { issue, labels: [label] }, by(ada));
  expect(await creditOf(issue)).toEqual(["Hedy Instance idea"]);
  await setLabels(forge, { issue, labels: [] }, by(ada));
  expect(await creditOf(issue)).toEqual(["Hedy Instance reporter"]);
});

test("what a merged pull request closes is credited there, once", async () => {
  const issue = await report(await makeRepository("by-merge"), hedy);
  const pull = await proposeToClose(issue);
  await quiet();
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  expect(await creditOf(issue)).toEqual([]);
  expect(issue.state).toBe("closed");
  expect(await creditOf(pull.issue, "pull request")).toContain("Hedy Instance reporter");
});

test("a pull request that is merged after its issue was closed takes the credit over", async () => {
  const issue = await report(await makeRepository("after"), hedy);
  const pull = await proposeToClose(issue);
  await closeIssue(forge, { issue }, by(ada));
  expect(await creditOf(issue)).toEqual(["Hedy Instance reporter"]);
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  expect(await creditOf(issue)).toEqual([]);
  expect(await creditOf(pull.issue, "pull request")).toContain("Hedy Instance reporter");
});

test("what somebody says by a command counts at once, since then, and stays whatever becomes of the issue", async () => {
  const issue = await report(await makeRepository("said"), hedy);
  const key = keyOf(issue);
  const madeAt = new Date("2026-03-01T12:00:00Z");
  const said = { commentId: 1, position: 0, action: "credit", byAccountId: ada.id, url: "u", madeAt } as const;
  await app.deps.database.query
    .transaction()
    .execute((transaction) =>
      addCorrections(transaction, key, [
        { ...said, accountId: grace.id, login: "grace", name: "Grace Sample", role: "tester", mentee: null },
      ]),
    );
  await app.deps.enqueue({ kind: "issue", ...key, owner: "acme", name: "said", number: issue.number });
  expect(await creditOf(issue)).toEqual(["Grace Sample tester"]);
  await closeIssue(forge, { issue }, by(ada));
  expect(await creditOf(issue)).toEqual(["Grace Sample tester", "Hedy Instance reporter"]);
  const entries = await readCredits(app.deps.database, key);
  expect(entries.find(({ role }) => role === "tester")?.countedAt).toEqual(madeAt);
  await reopenIssue(forge, issue, by(ada));
  expect(await creditOf(issue)).toEqual(["Grace Sample tester"]);
});

test("an issue that is deleted is nobody's, and a repository that is gone keeps what is known", async () => {
  const repository = await makeRepository("deleted");
  const [issue, kept] = [await report(repository, hedy), await report(repository, hedy)];
  for (const one of [issue, kept]) await closeIssue(forge, { issue: one }, by(ada));
  await quiet();
  repository.issues.delete(issue.number);
  const task = { kind: "issue", installationId: installation.id, repositoryId: repository.id, owner: "acme" } as const;
  await app.deps.enqueue({ ...task, name: "deleted", number: issue.number });
  expect(await creditOf(issue)).toEqual([]);
  await app.deps.enqueue({ ...task, name: "never-there", number: kept.number });
  expect(await creditOf(kept)).toEqual(["Hedy Instance reporter"]);
});
