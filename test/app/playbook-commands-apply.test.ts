import { afterAll, describe, expect, test } from "vitest";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import { by } from "../support/graphql-sandbox.ts";
import { done, expectHarmless, hashIn, plain, refused, startPlaybookStage } from "../support/playbook-stage.ts";

const stage = await startPlaybookStage(afterAll);
const { forge, acme, ada, grace, hedy, openPlace, say, statesOf, runsOf, expectRefusal, complaints, commentsOn } =
  stage;

const apply = "/playbook apply project-kickoff";

/** An issue of a repository that Grace may write to. */
async function openOwnPlace(): Promise<Issue> {
  const issue = await openPlace();
  issue.repository.collaborators.set(grace, "write");
  return issue;
}

async function write({ repository }: Issue, path: string, text: string): Promise<void> {
  const files = [{ path, mode: "100644", content: Buffer.from(text) }];
  await writeFiles(forge, { repository, branch: "main", files, message: `Write ${path}` }, by(ada));
}

test("what a repository lacks is planned, confirmed, and comes by a pull request", async () => {
  const issue = await openOwnPlace();
  await write(issue, "docs/project/risks.md", "Our own\n");
  const asked = await say(issue, grace, `${apply} lead=grace`);
  expect(asked.reactions).toEqual(done);
  expect(plain(asked.plan)).toMatchSnapshot("plan");
  expectHarmless(asked.plan);
  expect(issue.repository.issues.size).toBe(1);

  const confirmed = await say(issue, grace, `/playbook confirm ${hashIn(asked.plan)}`);
  expect(confirmed.reactions).toEqual(done);
  expect(await statesOf(issue)).toEqual(["done"]);
  expect(complaints).toEqual([]);
  const told = commentsOn(issue).at(-1) ?? null;
  expect(plain(told)).toMatchSnapshot("result");
  expectHarmless(told);
  const titles = [...issue.repository.issues.values()].map(({ title }) => title);
  expect(titles).toEqual([
    "We need a service",
    "Apply the playbook project-kickoff 1.0.0",
    `Kick-off: ${issue.repository.name}`,
    "First check-in",
    `Debrief: ${issue.repository.name}`,
  ]);
});

test("what came since the plan was made needs a new one", async () => {
  const issue = await openOwnPlace();
  const { plan } = await say(issue, grace, apply);
  await write(issue, "docs/project/one-pager.md", "Our own\n");
  const confirmed = await say(issue, grace, `/playbook confirm ${hashIn(plan)}`);
  expect(confirmed.reactions).toEqual(refused);
  expect(confirmed.reply).toContain("has changed since the plan was made");
  expect(confirmed.plan).toContain("`docs/project/one-pager.md`");
  expect(await statesOf(issue)).toEqual(["planned", "superseded"]);
});

test("whoever may not write any more when it is carried out gets nothing", async () => {
  const issue = await openOwnPlace();
  const { plan } = await say(issue, grace, apply);
  issue.repository.collaborators.set(grace, "read");
  await expectRefusal(
    issue,
    grace,
    `/playbook confirm ${hashIn(plan)}`,
    /Only people who can write to `acme\/start-\d+`/,
  );
  expect((await runsOf(issue)).map(({ state }) => state)).toEqual(["planned"]);
});

describe("is refused, and nothing is done:", () => {
  test("who may not write, and a stranger", async () => {
    const issue = await openPlace({ isPrivate: false });
    issue.repository.collaborators.set(grace, "read");
    const words = /Only people who can write to `acme\/start-\d+` may apply playbooks to it, and you can't\./;
    await expectRefusal(issue, grace, apply, words);
    await expectRefusal(issue, hedy, apply, words);
  });

  test("another name than the repository has", async () => {
    await expectRefusal(
      await openOwnPlace(),
      grace,
      `${apply} name=tides`,
      /Here the name is `start-\d+`: leave it away/,
    );
  });

  test("a repository without a commit", async () => {
    const repository = await createRepository(forge, { owner: acme, name: "empty", private: true }, by(ada));
    repository.collaborators.set(grace, "write");
    const issue = await openIssue(forge, { repository, title: "Begin", body: null }, by(ada));
    await expectRefusal(issue, grace, apply, /has no commit yet/);
  });
});
