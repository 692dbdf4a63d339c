import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { keepWhatIsThere } from "../../src/domain/playbook/keep-what-is-there.ts";
import { shortHash } from "../../src/domain/playbook/plan.ts";
import type { Run } from "../../src/domain/playbook/run.ts";
import { runCommitMessage } from "../../src/domain/playbook/run-commit.ts";
import { readExistingRepository } from "../../src/github/playbook/read-existing-repository.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { createLabel, createMilestone } from "../../src/sandbox/actions/labels.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { createRepository, moveRepository } from "../../src/sandbox/actions/repositories.ts";
import { readCredits } from "../../src/store/credits.ts";
import { changeRun, findOpenedIssues, keepPlan } from "../../src/store/playbook-runs.ts";
import { readJournal } from "../../src/store/run-journal.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { planOf, renderWith } from "../support/make-playbook.ts";
import { builtIn, carryOut, requireRun } from "../support/playbook-runs.ts";
import { startTestApp } from "../support/start-test-app.ts";

async function start() {
  const started = await startTestApp();
  const { forge, acme, ada, grace, quiet, app, installation } = started;
  const tides = await createRepository(forge, { owner: acme, name: "tides", private: true, autoInit: true }, by(ada));
  tides.collaborators.set(grace, "write");
  const owners = { path: "CODEOWNERS", mode: "100644", content: Buffer.from("* @ada\n") };
  const page = { path: "docs/project/risks.md", mode: "100644", content: Buffer.from("Our own risks\n") };
  await writeFiles(forge, { repository: tides, branch: "main", files: [owners, page], message: "Say who" }, by(ada));
  await createLabel(forge, { repository: tides, name: "Risk", color: "000000", description: null }, by(ada));
  const fields = { description: null, state: "open" as const, dueOn: null };
  await createMilestone(forge, { repository: tides, title: "Kick-off", ...fields }, by(ada));
  const issue = await openIssue(forge, { repository: tides, title: "Begin properly", body: "" }, by(grace));
  await quiet();

  /** Has the built-in kick-off applied as somebody would who confirmed its plan. */
  async function confirm(commentId: number): Promise<Run> {
    const { deps } = app;
    const playbook = await builtIn("project-kickoff");
    const result = await renderWith({ render: deps.templates.renderUntrusted }, playbook, "name=tides lead=grace");
    if ("mistakes" in result) throw new Error(result.mistakes.join("\n"));
    const client = deps.octokitFor(installation.id, {
      repositoryId: tides.id,
      permissions: { contents: "read", issues: "read", metadata: "read" },
    });
    const found = await readExistingRepository(client, { owner: "acme", name: tides.name });
    if (typeof found === "string") throw new Error(found);
    const key = { installationId: installation.id, targetId: tides.id };
    const existing = { ...found, issues: await findOpenedIssues(deps.database, key) };
    const requester = { id: grace.id, login: grace.login, name: grace.name };
    const { rendered, target } = keepWhatIsThere(result.rendered, existing);
    const named = planOf(playbook, rendered, { requester, target });
    const place = { installationId: installation.id, repositoryId: tides.id, issueNumber: issue.number, commentId };
    const asked = { ...named, answers: { name: "tides", lead: "grace" }, createdAt: new Date("2026-03-01T12:00:00Z") };
    const { id } = await keepPlan(deps.database, { id: randomUUID(), ...place, ...asked });
    const confirmedBy = { id: grace.id, login: grace.login };
    await changeRun(
      deps.database,
      { installationId: installation.id, id },
      { from: ["planned"], state: "running", confirmedBy, finishedAt: null },
    );
    return requireRun(deps, { installationId: installation.id, id });
  }

  return { ...started, tides, issue, confirm };
}

test("what a repository lacks comes as one pull request, labels, milestones and issues, and nothing that was there changes", async () => {
  const { app, tides, issue, confirm, commentsOn, complaints, quiet, forge, ada, installation, grace } = await start();
  const run = await confirm(1);
  expect(run.plan.target).toMatchObject({ kept: [".github/CODEOWNERS", "docs/project/risks.md"] });
  expect(await carryOut(app.deps, run)).toMatchObject({ state: "done", cause: null, targetId: tides.id });
  await quiet();
  expect(complaints).toEqual([]);
  const pulls = [...tides.issues.values()].flatMap(({ pull }) => pull ?? []);
  expect(pulls.map(({ issue: { title, author } }) => ({ title, author: author.login }))).toEqual([
    { title: "Apply the playbook project-kickoff 1.0.0", author: "curtain-call[bot]" },
  ]);
  const risk = tides.labels.find(({ name }) => name === "Risk");
  expect(risk).toMatchObject({ color: "000000" });
  expect(tides.labels.map(({ name }) => name)).toEqual(expect.arrayContaining(["kick-off", "check-in", "debrief"]));
  expect(tides.milestones.map(({ title }) => title)).toEqual(["Kick-off", "First result", "Done", "Debrief"]);
  const opened = [...tides.issues.values()].filter(({ pull, author }) => pull === null && author.login !== "grace");
  expect(opened.map(({ title, milestone }) => ({ title, milestone: milestone?.title }))).toEqual([
    { title: "Kick-off: tides", milestone: "Kick-off" },
    { title: "First check-in", milestone: "First result" },
    { title: "Debrief: tides", milestone: "Debrief" },
  ]);
  expect(commentsOn(issue)).toHaveLength(1);
  expect(commentsOn(issue)[0]).toContain("has what it lacked of the playbook project-kickoff:** [a pull request");

  const [pull] = pulls;
  if (pull === undefined) throw new Error("there is no pull request");
  const commit = await mergePull(forge, { pull, method: "squash" }, by(ada));
  await quiet();
  expect(commit).toBeDefined();
  const subject = { kind: "pull request" as const, number: pull.issue.number };
  const key = { installationId: installation.id, repositoryId: tides.id, subject };
  const credits = await readCredits(app.deps.database, key);
  expect(credits.map(({ person, role }) => ({ id: person.accountId, role }))).toContainEqual({
    id: grace.id,
    role: "co-author",
  });
});

test("a second time only what is still missing is done, and a repository that was renamed is found", async () => {
  const { app, tides, confirm, quiet, forge, ada } = await start();
  await carryOut(app.deps, await confirm(1));
  await moveRepository(forge, { repository: tides, owner: tides.owner, name: "tide-tables" }, by(ada));
  await quiet();
  const counts = (): readonly number[] => [tides.issues.size, tides.labels.length, tides.milestones.length];
  const before = counts();
  const again = await confirm(2);
  // The pull request is not merged: its files are still missing.
  expect(again.plan.files.length).toBeGreaterThan(0);
  expect(again.plan).toMatchObject({ issues: [], repository: { labels: [], milestones: [] } });
  expect(await carryOut(app.deps, again)).toMatchObject({ state: "done" });
  await quiet();
  expect(counts()).toEqual([(before[0] ?? 0) + 1, ...before.slice(1)]);
});

test("a branch that somebody has made under the run's name with other files is not proposed in the app's name", async () => {
  const { app, tides, confirm, forge, grace, quiet } = await start();
  const run = await confirm(1);
  const branch = `curtain-call/project-kickoff-${shortHash(run)}`;
  await commitTo(forge, tides, { branch, author: grace, message: runCommitMessage(run) });
  expect(await carryOut(app.deps, run)).toMatchObject({ state: "incomplete" });
  await quiet();
  expect([...tides.issues.values()].flatMap(({ pull }) => pull ?? [])).toEqual([]);
  const { cause } = (await readJournal(app.deps.database, run.id)).get("pull request") ?? {};
  expect(cause).toBe(`the pull request is not there (there is a branch ${branch} already, with other files)`);
});

test("killed after each single request and continued, it comes to the same", async () => {
  const { app, tides, confirm, requests, quiet } = await start();
  const run = await confirm(1);
  const original = requests.push.bind(requests);
  for (let allowed = 1, isDone = false; !isDone; allowed += 1) {
    let left = allowed;
    requests.push = (...items) => {
      left -= 1;
      if (left < 0) throw new Error("killed");
      return original(...items);
    };
    isDone = await carryOut(app.deps, run).then(
      ({ state }) => state === "done",
      () => false,
    );
    if (allowed > 200) throw new Error("it never ends");
  }
  requests.push = original;
  await quiet();
  const titles = [...tides.issues.values()].map(({ title }) => title);
  expect(titles.toSorted()).toEqual([
    "Apply the playbook project-kickoff 1.0.0",
    "Begin properly",
    "Debrief: tides",
    "First check-in",
    "Kick-off: tides",
  ]);
});
