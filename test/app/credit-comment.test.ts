import { expect, test } from "vitest";
import { setSuspended } from "../../src/sandbox/actions/apps.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { addComment, deleteComment } from "../../src/sandbox/actions/comments.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { closeIssue, openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { addReview } from "../../src/sandbox/actions/reviews.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { readCredits } from "../../src/store/credits.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp, type TestApp } from "../support/start-test-app.ts";

async function start(): Promise<TestApp & { tides: Repository }> {
  const app = await startTestApp();
  const wanted = { owner: app.acme, name: "tides", autoInit: true };
  return { ...app, tides: await createRepository(app.forge, wanted, by(app.ada)) };
}

/** A commit on a branch, which begins at main where it is new. */
async function commit(
  { forge }: TestApp,
  repository: Repository,
  given: { branch: string; author: Account; message: string },
) {
  const { branch, author, message } = given;
  if ((await tipOf(forge, repository, branch)) === null) {
    const to = await tipOf(forge, repository, "main");
    await changeRefs(forge, { repository, changes: [{ ref: `refs/heads/${branch}`, from: null, to }] }, by(author));
  }
  const files = [{ path: `${message.length}.txt`, mode: "100644", content: Buffer.from(message) }];
  const [email = ""] = author.addresses;
  const signature = { name: author.name ?? "", email, date: forge.clock(), offset: "+0000" };
  return writeFiles(forge, { repository, branch, files, message, author: signature }, by(author));
}

async function open(app: TestApp, repository: Repository, body: string | null = null): Promise<PullRequest> {
  const wanted = { repository, title: "Count by the calendar", body, head: "topic", base: "main" };
  return openPull(app.forge, wanted, by(app.ada));
}

const together = "Count the days\n\nCo-authored-by: Grace Sample <grace@example.org>";

test("a pull request by two is credited to both, before the merge and after it", async () => {
  const app = await start();
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: together });
  const pull = await open(app, app.tides);
  await app.quiet();
  expect(app.commentsOn(pull.issue)).toHaveLength(1);
  const [comment = ""] = app.commentsOn(pull.issue);
  expect(comment).toContain(`[Grace Sample](${app.forge.web}/grace) | co-author |`);
  expect(comment.replace(/```text[^]*?```/, "")).not.toContain("@example");

  await mergePull(app.forge, { pull, method: "squash" }, by(app.ada));
  await app.quiet();
  expect(app.commentsOn(pull.issue)).toHaveLength(1);
  expect(app.commentsOn(pull.issue)[0]).toContain(`Merged as [\`${pull.merged?.commit.slice(0, 7)}\`]`);
  const subject = { kind: "pull request", number: pull.issue.number } as const;
  const key = { installationId: app.installation.id, repositoryId: app.tides.id, subject };
  const landed = { state: "landed", countedAt: expect.any(Date) };
  expect(await readCredits(app.app.deps.database, key)).toMatchObject([
    { person: { key: `account:${app.ada.id}`, name: "Ada Example" }, role: "author", ...landed },
    { person: { key: `account:${app.grace.id}`, name: "Grace Sample" }, role: "co-author", ...landed },
  ]);
  expect(app.complaints).toEqual([]);
});

test("of one's own work alone nothing is said, until somebody takes part", async () => {
  const app = await start();
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: "Alone" });
  const issue = await openIssue(
    app.forge,
    { repository: app.tides, title: "Off by an hour", body: null },
    by(app.hedy),
  );
  const pull = await open(app, app.tides);
  await app.quiet();
  expect(app.commentsOn(pull.issue)).toEqual([]);
  await addReview(app.forge, { pull, body: "Good", verdict: "APPROVE" }, by(app.grace));
  await app.quiet();
  expect(app.commentsOn(pull.issue)).toHaveLength(1);
  expect(app.commentsOn(pull.issue)[0]).toContain("reviewer");
  await closeIssue(app.forge, { issue }, by(app.ada));
  await app.quiet();
});

test("who reported the issue that it closes is credited, and its own author is not", async () => {
  const app = await start();
  const theirs = await openIssue(
    app.forge,
    { repository: app.tides, title: "Off by an hour", body: null },
    by(app.hedy),
  );
  const own = await openIssue(app.forge, { repository: app.tides, title: "And by a day", body: null }, by(app.ada));
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: "Fix both" });
  const pull = await open(app, app.tides, `Fixes #${theirs.number}, fixes #${own.number}`);
  await app.quiet();
  const [comment = ""] = app.commentsOn(pull.issue);
  expect(comment).toMatch(/\[.*\]\(.*\/hedy\) \| reporter \| \[#1\]/);
  expect(comment.match(/\| reporter \|/g)).toHaveLength(1);
});

test("new commits change the comment in its place, and what changes nothing writes nothing", async () => {
  const app = await start();
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: together });
  const pull = await open(app, app.tides);
  await app.quiet();
  const [before] = pull.issue.comments.map(({ updatedAt }) => updatedAt.getTime());
  await addComment(app.forge, { issue: pull.issue, body: "How nice" }, by(app.hedy));
  await addReview(app.forge, { pull, body: "Own words", verdict: "COMMENT" }, by(app.ada));
  await app.quiet();
  expect(pull.issue.comments[0]?.updatedAt.getTime()).toBe(before);
  await commit(app, app.tides, { branch: "topic", author: app.hedy, message: "Try it" });
  await app.quiet();
  expect(app.commentsOn(pull.issue)).toHaveLength(1);
  expect(app.commentsOn(pull.issue)[0]).toContain(`${app.forge.web}/hedy`);
});

test("a comment that somebody deleted is written again with the next change", async () => {
  const app = await start();
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: together });
  const pull = await open(app, app.tides);
  await app.quiet();
  const [ours] = pull.issue.comments;
  if (ours !== undefined) await deleteComment(app.forge, ours, by(app.ada));
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: "More of it" });
  await app.quiet();
  expect(app.commentsOn(pull.issue)).toHaveLength(1);
});

test("an answer of GitHub's that is lost makes no second comment", async () => {
  const app = await start();
  app.faults.arrange(
    [{ kind: "502-after", method: "POST", path: "/repos", probability: 1, times: 1, milliseconds: 0 }],
    "1",
  );
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: together });
  const pull = await open(app, app.tides);
  await app.quiet();
  expect(app.commentsOn(pull.issue)).toHaveLength(1);
});

test("hostile names ping nobody, break no table, and show no address", async () => {
  const app = await start();
  const message = "Add\n\nCo-authored-by: @grace | <b>x</b> [y](https://example.com) #1 <eve@example.com>";
  await commit(app, app.tides, { branch: "topic", author: app.ada, message });
  const pull = await open(app, app.tides);
  await app.quiet();
  const [comment = ""] = app.commentsOn(pull.issue);
  expect(comment.replace(/```text[^]*?```/g, "")).not.toMatch(/(^|[^\\\w])@grace|<b>|eve@example/);
});

test("the configuration decides what is said, and a broken one changes nothing", async () => {
  const app = await start();
  const configure = (text: string) =>
    writeFiles(
      app.forge,
      {
        repository: app.tides,
        branch: "main",
        files: [{ path: ".github/curtain-call.yml", mode: "100644", content: Buffer.from(text) }],
        message: "Configure",
      },
      by(app.ada),
    );
  await configure("credit:\n  comment: never\n  check: advise\n");
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: together });
  const pull = await open(app, app.tides);
  await app.quiet();
  expect(app.commentsOn(pull.issue)).toEqual([]);
  expect(app.tides.checkSuites[0]?.runs).toMatchObject([{ name: "credit", status: "completed" }]);
  await configure("credit:\n  coment: always\n");
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: "More" });
  await app.quiet();
  expect(app.commentsOn(pull.issue)).toEqual([]);
});

test("whoever breaks the configuration is told on the pull request that would", async () => {
  const app = await start();
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: "Configure" });
  const content = Buffer.from("credit:\n  coment: never\n");
  const files = [{ path: ".github/curtain-call.yml", mode: "100644", content }];
  await writeFiles(app.forge, { repository: app.tides, branch: "topic", files, message: "Mistype" }, by(app.ada));
  const pull = await open(app, app.tides);
  await app.quiet();
  const [comment = ""] = app.commentsOn(pull.issue);
  expect(comment).toContain("breaks `.github/curtain-call.yml`");
  expect(comment).toMatch(/Line 2: .*coment.*comment/);
});

test("without the permission to read issues, only their reporters are missing", async () => {
  const app = await start();
  const { issues: _, ...granted } = app.installation.permissions;
  app.installation.permissions = granted;
  app.tides.private = true;
  const { tides: repository } = app;
  const issue = await openIssue(app.forge, { repository, title: "Off by an hour", body: null }, by(app.hedy));
  await commit(app, repository, { branch: "topic", author: app.ada, message: together });
  const pull = await open(app, repository, `Fixes #${issue.number}`);
  await app.quiet();
  const [comment = ""] = app.commentsOn(pull.issue);
  expect(comment).toContain("/grace)");
  expect(comment).not.toContain("reporter");
  expect(app.complaints).toEqual([]);
});

test("a suspended installation is left alone, and makes no complaint", async () => {
  const app = await start();
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: together });
  const pull = await open(app, app.tides);
  await setSuspended(app.forge, { installation: app.installation, suspended: true }, by(app.ada));
  await app.quiet();
  await setSuspended(app.forge, { installation: app.installation, suspended: false }, by(app.ada));
  await commit(app, app.tides, { branch: "topic", author: app.ada, message: "Again" });
  await app.quiet();
  expect(app.commentsOn(pull.issue)).toHaveLength(1);
  expect(app.complaints).toEqual([]);
});
