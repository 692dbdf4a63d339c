import { afterAll, expect, test } from "vitest";
import { askForBackfill } from "../../src/app/ask-for-backfill.ts";
import { addComment, deleteComment } from "../../src/sandbox/actions/comments.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openIssue, setLabels } from "../../src/sandbox/actions/issues.ts";
import { createLabel } from "../../src/sandbox/actions/labels.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, grace, hedy, app, installation, quiet, commentsOn, complaints, requests } =
  await startTestApp(afterAll);

const graceToo = "Co-authored-by: Grace Sample <grace@example.org>";

function makeRepository(name: string): Promise<Repository> {
  return createRepository(forge, { owner: acme, name, autoInit: true }, by(ada));
}

function propose(repository: Repository, { head = "topic", base = "main", body = "" } = {}): Promise<PullRequest> {
  return openPull(forge, { repository, title: `From ${head}`, body, head, base }, by(ada));
}

async function configure(repository: Repository, text: string): Promise<void> {
  const files = [{ path: ".github/curtain-call.yml", mode: "100644", content: Buffer.from(text) }];
  const signature = { name: "Ada Example", email: "ada@example.com", date: forge.clock(), offset: "+0000" };
  await writeFiles(forge, { repository, branch: "main", files, message: "Configure", author: signature }, by(ada));
}

async function textOf({ issue }: PullRequest): Promise<string> {
  await quiet();
  return commentsOn(issue).join("\n");
}

async function askedFor(): Promise<string[]> {
  await quiet();
  return requests.splice(0).map(({ method, route }) => `${method} ${route}`);
}

test("a push costs three requests where it is to the default branch by itself, and nothing otherwise", async () => {
  const repository = await makeRepository("pushes");
  await commitTo(forge, repository, { branch: "topic", author: ada, message: `Count\n\n${graceToo}` });
  await propose(repository);
  const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: "pushes" };
  await askForBackfill(app.deps, place);
  await askedFor();
  await commitTo(forge, repository, { branch: "elsewhere", author: ada, message: "Apart" });
  expect(await askedFor()).toEqual([]);
  await commitTo(forge, repository, { branch: "main", author: ada, message: "On its own" });
  expect(await askedFor()).toEqual(["POST /graphql", "GET /repos/{owner}/{repo}/compare/{basehead}", "POST /graphql"]);
});

test("new settings on the default branch are followed by what is open", async () => {
  const repository = await makeRepository("settings");
  await commitTo(forge, repository, {
    branch: "topic",
    author: ada,
    message: "Count\n\nMoored-by: Grace <grace@example.org>",
  });
  const pull = await propose(repository);
  expect(await textOf(pull)).toBe("");
  await configure(repository, "credit: { trailers: { Moored-by: helper } }\n");
  expect(await textOf(pull)).toContain("| helper |");
});

test("a label that makes an issue an idea makes its reporter somebody with an idea", async () => {
  const repository = await makeRepository("labels");
  const label = createLabel(forge, { repository, name: "feature", color: "ededed", description: null }, by(ada));
  const issue = await openIssue(forge, { repository, title: "By the moon?", body: null }, by(hedy));
  await commitTo(forge, repository, { branch: "topic", author: ada, message: "Count" });
  const pull = await propose(repository, { body: `Closes #${issue.number}` });
  expect(await textOf(pull)).toContain("| reporter |");
  await setLabels(forge, { issue, labels: [await label] }, by(ada));
  expect(await textOf(pull)).toContain("| idea |");
});

test.for<[what: string, settings: string, whom: Account, isCredited: boolean]>([
  ["makes a helper where the settings say so", "credit: { commenters: true }\n", hedy, true],
  ["makes nobody anything otherwise", "credit: { commenters: false }\n", hedy, false],
  ["of the author's own makes no helper", "credit: { commenters: true }\n", ada, false],
])("a comment %s", async ([what, settings, whom, isCredited]) => {
  const repository = await makeRepository(`comments-${what.length}`);
  await configure(repository, settings);
  await commitTo(forge, repository, { branch: "topic", author: ada, message: "Count" });
  const pull = await propose(repository);
  await quiet();
  const comment = await addComment(forge, { issue: pull.issue, body: "Neap tides too?" }, by(whom));
  expect((await textOf(pull)).includes("| helper |")).toBe(isCredited);
  await deleteComment(forge, comment, by(whom));
  expect(await textOf(pull)).not.toContain("| helper |");
});

test("a check that the installation does not allow is told of on the pull request", async () => {
  const repository = await makeRepository("no-checks");
  await configure(repository, "credit: { check: require }\n");
  const all = installation.permissions;
  const { checks: _, ...others } = all;
  installation.permissions = others;
  await commitTo(forge, repository, { branch: "topic", author: grace, message: "Count" });
  const pull = await propose(repository);
  expect(await textOf(pull)).toContain("ask for the check `credit`, which needs `checks: write`");
  expect(complaints.splice(0)).toContainEqual(expect.objectContaining({ missing: "checks: write" }));
  installation.permissions = all;
  await commitTo(forge, repository, { branch: "topic", author: grace, message: "Count again" });
  expect(await textOf(pull)).not.toContain("needs `checks: write`");
});
