import { afterAll, expect, test } from "vitest";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { enqueuePull, finishMergeGroup, setMergeQueue } from "../../src/sandbox/actions/merge-queue.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, quiet, commentsOn, complaints } = await startTestApp(afterAll);

const graceToo = "Co-authored-by: Grace Sample <grace@example.org>";

async function makeQueued(name: string, settings: string, requiredChecks: readonly string[]): Promise<Repository> {
  const repository = await createRepository(forge, { owner: acme, name, autoInit: true }, by(ada));
  const files = [{ path: ".github/curtain-call.yml", mode: "100644", content: Buffer.from(settings) }];
  const signature = { name: "Ada Example", email: "ada@example.com", date: forge.clock(), offset: "+0000" };
  await writeFiles(forge, { repository, branch: "main", files, message: "Configure", author: signature }, by(ada));
  await setMergeQueue(forge, repository, { rules: { method: "squash", requiredChecks }, actor: by(ada) });
  return repository;
}

async function propose(repository: Repository, message: string): Promise<PullRequest> {
  await commitTo(forge, repository, { branch: "topic", author: ada, message });
  const wanted = { repository, title: "Count", body: null, head: "topic", base: "main" };
  const pull = await openPull(forge, wanted, by(ada));
  await quiet();
  return pull;
}

test("what a merge queue asks is answered on its own commit, so that the queue merges", async () => {
  const repository = await makeQueued("queued", "credit: { check: require }\n", ["credit"]);
  const pull = await propose(repository, `Count the days\n\n${graceToo}`);
  await enqueuePull(forge, { pull }, by(ada));
  await quiet();
  expect(pull.merged).not.toBeNull();
  await quiet();
  expect(commentsOn(pull.issue)[0]).toContain("All 2 are credited.");
  expect(complaints).toEqual([]);
});

test("while it is queued the comment tells that no other message is taken, and what the queue lost is told after it", async () => {
  const repository = await makeQueued("waiting", "credit: { comment: always }\n", ["build"]);
  repository.merging.squashMessage = "BLANK";
  const pull = await propose(repository, "Count the days\n\nHelped-by: Hedy Instance <hedy@example.com>");
  await commitTo(forge, repository, { branch: "topic", author: ada, message: "And the hours" });
  await quiet();
  await enqueuePull(forge, { pull }, by(ada));
  await quiet();
  expect(commentsOn(pull.issue)[0]).toContain("The merge queue takes no other message");
  await finishMergeGroup(forge, pull);
  await quiet();
  expect(pull.merged).not.toBeNull();
  expect(commentsOn(pull.issue)[0]).toContain("The squash left out Hedy Instance");
});
