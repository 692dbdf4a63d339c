import { afterAll, expect, test } from "vitest";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import { done, expectHarmless, hashIn, plain, refused, startPlaybookStage } from "../support/playbook-stage.ts";

const stage = await startPlaybookStage(afterAll);
const { grace, hedy, katherine, openPlace, say, plan, runsOf, statesOf, comeTo } = stage;
const { app, installation, quiet, complaints, namesOf, requests, commentsOn, configure } = stage;

test("a member has a repository planned, and nothing is done before the plan is confirmed", async () => {
  const issue = await openPlace();
  const before = namesOf();
  const asked = await say(issue, grace, "We could begin:\n\n/playbook use node-service name=tides\ndatabase=postgres");
  expect(asked.reactions).toEqual(done);
  expect(asked.reply).toBeNull();
  expect(plain(asked.plan)).toMatchSnapshot();
  expectHarmless(asked.plan);
  expect(await statesOf(issue)).toEqual(["planned"]);
  expect(namesOf()).toEqual(before);

  const confirmed = await say(issue, grace, `/playbook confirm ${hashIn(asked.plan)}`);
  expect(confirmed.reactions).toEqual(done);
  const [run] = await runsOf(issue);
  expect(run).toMatchObject({
    confirmedBy: { id: grace.id, login: "grace" },
    answers: { name: "tides", database: "postgres" },
  });
  expect(run?.state).not.toBe("planned");
  expect(complaints).toEqual([]);
});

test("what has to be known is told: which playbooks there are, what one asks for, what can be said", async () => {
  const issue = await openPlace({ isPrivate: false });
  for (const body of ["/playbook list", "/playbook show node-service", "/playbook help", "/playbook status"]) {
    const { reactions, reply } = await say(issue, hedy, body);
    expect(reactions).toEqual(done);
    expect(plain(reply)).toMatchSnapshot();
    expectHarmless(reply);
  }
});

test("answers that are missing or wrong are told all at once, with one line to copy", async () => {
  const issue = await openPlace();
  const { reactions, reply } = await say(
    issue,
    grace,
    '/playbook use node-service database=oracle\ntitle="Tide `tables`" colour=red nonsense cadence=weekly',
  );
  expect(reactions).toEqual(refused);
  expect(plain(reply)).toMatchSnapshot();
  expectHarmless(reply);
  expect(await statesOf(issue)).toEqual([]);
});

test("how the plans of an issue stand is told for each of them", async () => {
  const issue = await openPlace();
  await plan(issue, grace, "name=status-1");
  await plan(issue, grace, "name=status-2");
  await comeTo(issue, "done", "");
  await plan(issue, grace, "name=status-3");
  await comeTo(issue, "failed", "@grace said <b>no</b>.");
  await plan(issue, grace, "name=status-4");
  const { reply } = await say(issue, hedy, "/playbook status");
  expect(plain(reply)).toMatchSnapshot();
  expectHarmless(reply);
});

test("a plan that waits is dropped by who asked for it, or who can write there", async () => {
  const issue = await openPlace();
  await plan(issue, grace, "name=dropped");
  const dropped = await say(issue, grace, "/playbook cancel");
  expect(dropped.reactions).toEqual(done);
  expect(plain(dropped.reply)).toMatchSnapshot();
  await plan(issue, grace);
  issue.repository.collaborators.set(hedy, "write");
  expect((await say(issue, hedy, "/playbook cancel")).reactions).toEqual(done);
  expect(await statesOf(issue)).toEqual(["cancelled", "cancelled"]);
});

test("a run that could not go on is tried again", async () => {
  const issue = await openPlace();
  await plan(issue, grace);
  await comeTo(issue, "failed");
  const { reactions, reply } = await say(issue, grace, "/playbook retry");
  expect([reactions, reply]).toEqual([done, null]);
  expect((await runsOf(issue))[0]?.cause).not.toBe("GitHub said no.");
});

test("several commands in one comment are answered in one reply, and the others of the app with them", async () => {
  const issue = await openPlace();
  const { reactions, reply } = await say(issue, grace, "/credit help\n/playbook status\n\n/playbook confrim 7f3a9c2e");
  expect(reactions).toEqual(refused);
  expect(reply).toContain("### What you can say here");
  expect(reply).toContain("Nothing was planned in this issue yet.");
  expect(reply).toContain("Did you mean `confirm`?");
  expect(reply).toContain("Everything else in your comment was done.");
});

/** Delivers a comment once more. */
async function again(issue: Issue, { id: commentId, nodeId }: { id: number; nodeId: string }): Promise<void> {
  const { repository, number } = issue;
  const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: repository.name };
  const about = { number, isPullRequest: false, commentId, nodeId, mayCommand: true };
  await app.deps.enqueue({ kind: "comment", ...place, ...about });
  await quiet();
}

test("a command that is delivered again makes no second plan, and undoes nothing that came later", async () => {
  const issue = await openPlace();
  const first = await say(issue, grace, "/playbook use node-service name=twice");
  await again(issue, first.comment);
  expect(await statesOf(issue)).toEqual(["planned"]);
  expect(commentsOn(issue)).toEqual([first.plan]);
  const second = await say(issue, grace, "/playbook use node-service name=twice-more");
  await again(issue, first.comment);
  expect(await statesOf(issue)).toEqual(["planned", "superseded"]);
  const confirmed = await say(issue, grace, `/playbook confirm ${hashIn(second.plan)}`);
  const [run] = await runsOf(issue);
  for (const { comment } of [first, second, confirmed]) await again(issue, comment);
  expect((await runsOf(issue)).map(({ id }) => id)).toContain(run?.id);
  expect(await runsOf(issue)).toHaveLength(2);
  expect(stage.seen(issue, confirmed.comment)).toMatchObject({ reactions: done, reply: null });
  expect(complaints).toEqual([]);
});

test("a cancellation and a retry that are delivered again are no mistake", async () => {
  const issue = await openPlace();
  await plan(issue, grace);
  const cancelled = await say(issue, grace, "/playbook cancel");
  await plan(issue, grace);
  await again(issue, cancelled.comment);
  expect(await statesOf(issue)).toEqual(["planned", "cancelled"]);
  expect(stage.seen(issue, cancelled.comment)).toMatchObject({ reactions: done, reply: cancelled.reply });
  await comeTo(issue, "incomplete");
  const retried = await say(issue, grace, "/playbook retry");
  const [after] = await statesOf(issue);
  await again(issue, retried.comment);
  expect((await statesOf(issue))[0]).toBe(after);
  expect(stage.seen(issue, retried.comment).reactions).toEqual(done);
});

test("where somebody else has to confirm, the plan says who, and it is they who can", async () => {
  await configure("playbooks:\n  approval: always\n  approvers: ['@kate', '@acme/platform']\n");
  const issue = await openPlace();
  const asked = await say(issue, grace, "/playbook use node-service name=approved");
  expect(asked.plan).toContain("somebody else has to confirm it, one of `kate`, `acme/platform`: `/playbook confirm");
  const open = await say(await openPlace({ isPrivate: false }), grace, "/playbook use node-service name=approved-2");
  expect(open.plan).toContain("somebody else has to confirm it, one of those who approve plans here: `");
  const { reactions } = await say(issue, katherine, `/playbook confirm ${hashIn(asked.plan)}`);
  expect(reactions).toEqual(done);
  expect((await runsOf(issue))[0]?.confirmedBy).toEqual({ id: katherine.id, login: "kate" });
  await configure("playbooks:\n  approval: always\n");
  const byOwner = await say(await openPlace(), grace, "/playbook use node-service name=approved-3");
  expect(byOwner.plan).toContain("somebody else has to confirm it, an owner of the organisation: `");
  await configure("");
});

test("what asking for a plan and confirming it take of GitHub", async () => {
  const issue = await openPlace();
  await quiet();
  requests.length = 0;
  const asked = await say(issue, grace, "/playbook use node-service name=counted");
  const toAsk = requests.splice(0).map(({ method, route }) => `${method} ${route}`);
  expect(toAsk).toMatchSnapshot();
  const { reactions } = await say(issue, grace, `/playbook confirm ${hashIn(asked.plan)}`);
  expect(reactions).toEqual(done);
  const toConfirm = requests.splice(0).map(({ method, route }) => `${method} ${route}`);
  // All is asked again; what the run asks may come in between.
  expect(toConfirm).toEqual(expect.arrayContaining(toAsk.filter((one) => !one.endsWith("/comments"))));
});
