import { expect, test } from "vitest";
import { setMember } from "../../src/sandbox/actions/accounts.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { addCheckRun, editCheckRun } from "../../src/sandbox/actions/checks.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { closeIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { dequeuePull, enqueuePull, finishMergeGroup, setMergeQueue } from "../../src/sandbox/actions/merge-queue.ts";
import { changeBase, openPull, setDraft } from "../../src/sandbox/actions/pulls.ts";
import { type Forge, gitDirectory } from "../../src/sandbox/forge.ts";
import { readCommits } from "../../src/sandbox/git/commits.ts";
import { listRefs } from "../../src/sandbox/git/refs.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Delivery } from "../../src/sandbox/model/app.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import { entryOf, type MergeQueue } from "../../src/sandbox/model/merge-queue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { commitTo } from "../support/commit-to.ts";
import { send } from "../support/send.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";
import { by, installTestApp, makeTides } from "../support/test-app.ts";

const events = ["merge_group", "pull_request", "push"];

/** Tides, which has a queue, an app that listens and checks, and two pull requests by two people each. */
async function start(rules: Partial<Pick<MergeQueue, "method" | "requiredChecks">> = {}) {
  const sandbox = await startTestSandbox();
  const { forge, acme, ada, grace, hedy } = sandbox;
  await setMember(forge, { organization: acme, account: hedy, role: "member", actor: by(ada) });
  const tides = await makeTides(sandbox);
  const permissions = { checks: "write", contents: "write", pull_requests: "write", merge_queues: "read" } as const;
  const { app } = await installTestApp(sandbox, { events, permissions });
  async function open(branch: string): Promise<PullRequest> {
    await commitTo(forge, tides, { branch, author: grace, message: `Note ${branch}` });
    await commitTo(forge, tides, { branch, author: hedy, message: `Check ${branch}` });
    return openPull(forge, { repository: tides, title: branch, body: null, head: branch, base: "main" }, by(grace));
  }
  const ebb = await open("ebb");
  const flood = await open("flood");
  await setMergeQueue(forge, tides, { rules, actor: by(ada) });
  await sandbox.settled();
  const { deliveries } = forge.state;
  let seen = deliveries.length;
  const check = (name: string, conclusion: "success" | "failure" | "skipped" | null, commit: string) =>
    addCheckRun(forge, { repository: tides, app, commit, name, conclusion }, by(app.bot));
  const told = (): string[] => {
    const news = deliveries.slice(seen);
    seen = deliveries.length;
    return news.map(tell);
  };
  const main = async (): Promise<string | null> => tipOf(forge, tides, "main");
  const groups = async (): Promise<string[]> =>
    (await listRefs(gitDirectory(forge, tides), "refs/heads/gh-readonly-queue/")).map(({ sha }) => sha);
  return { ...sandbox, tides, app, ebb, flood, check, told, main, groups };
}

/** As in "merge_group destroyed merged", or "push main". */
function tell({ event, request }: Delivery): string {
  const { action, reason, ref } = JSON.parse(request.body) as Record<string, unknown>;
  const [, branch] = /^refs\/heads\/(gh-readonly-queue|.+)/.exec(typeof ref === "string" ? ref : "") ?? [];
  return [event, action, reason, branch].filter((part) => typeof part === "string").join(" ");
}

/** Two pull requests that say different things of the same. */
async function rivalOf(forge: Forge, repository: Repository, author: Account) {
  async function open(branch: string): Promise<PullRequest> {
    await commitTo(forge, repository, { branch, author, message: `Begin ${branch}` });
    const files = [{ path: "shared.txt", mode: "100644", content: Buffer.from(branch) }];
    await writeFiles(forge, { repository, branch, files, message: `Write ${branch}` }, by(author));
    return openPull(forge, { repository, title: branch, body: null, head: branch, base: "main" }, by(author));
  }
  return { one: await open("one"), other: await open("other") };
}

const built = ["push gh-readonly-queue", "merge_group checks_requested"];
const merged = [
  "push main",
  "pull_request dequeued MERGE",
  "merge_group destroyed merged",
  "push gh-readonly-queue",
  "pull_request closed",
];

test.each([
  ["merge", "Merge pull request #1 from acme/ebb\n\nebb", 2, "Ada Example"],
  [
    "squash",
    "ebb (#1)\n\n* Note ebb\n\n* Check ebb\n\n---------\n\nCo-authored-by: Hedy Instance <hedy@example.com>",
    1,
    "Grace Sample",
  ],
  ["rebase", "Check ebb", 1, "Hedy Instance"],
] as const)(
  "what needs no check is merged at once, by the queue's method: %s",
  async (method, message, parents, author) => {
    const { forge, settled, tides, ebb, ada, told, main, groups } = await start({ method });
    const entry = await enqueuePull(forge, { pull: ebb }, by(ada));
    expect([entry.queue.entries.length, entry.head]).toEqual([1, ebb.head.commit]);
    await settled();
    const [commit] = await readCommits(gitDirectory(forge, tides), [(await main()) ?? ""]);
    expect([commit?.message.trim(), commit?.parents.length, commit?.author.name]).toEqual([message, parents, author]);
    expect([ebb.merged?.commit, ebb.merged?.by.login]).toEqual([commit?.sha, "github-merge-queue[bot]"]);
    expect(told()).toEqual(["pull_request enqueued", ...built, ...merged]);
    expect([entryOf(ebb), await groups()]).toEqual([null, []]);
  },
);

test("the commit that was checked is the one that lands, and then the next is built upon it", async () => {
  const { forge, settled, ebb, flood, ada, told, check, main, groups } = await start({
    method: "squash",
    requiredChecks: ["tests", "links"],
  });
  const before = await main();
  await enqueuePull(forge, { pull: ebb }, by(ada));
  await enqueuePull(forge, { pull: flood }, by(ada));
  await settled();
  const group = entryOf(ebb)?.group;
  expect([entryOf(flood)?.group, await groups(), group?.base]).toEqual([null, [group?.head], before]);
  expect(told().toSorted()).toEqual(["pull_request enqueued", "pull_request enqueued", ...built].toSorted());
  const asked = forge.state.deliveries.find(({ event }) => event === "merge_group");
  expect(JSON.parse(asked?.request.body ?? "")).toMatchObject({
    action: "checks_requested",
    merge_group: {
      head_sha: group?.head,
      head_ref: `refs/heads/gh-readonly-queue/main/pr-1-${before}`,
      base_sha: before,
      base_ref: "refs/heads/main",
      head_commit: { id: group?.head, author: { name: "Grace Sample" }, committer: { name: "GitHub" } },
    },
  });
  await check("tests", "success", group?.head ?? "");
  await check("unasked", "failure", group?.head ?? "");
  await settled();
  expect([ebb.merged, told()]).toEqual([null, []]);
  await check("links", "skipped", group?.head ?? "");
  await settled();
  const next = entryOf(flood)?.group;
  expect([await main(), ebb.merged?.commit, next?.base]).toEqual([group?.head, group?.head, group?.head]);
  expect(told()).toEqual([...merged, ...built]);
  await finishMergeGroup(forge, flood);
  await settled();
  expect([await main(), flood.merged?.commit]).toEqual([next?.head, next?.head]);
});

test("a required check that fails takes it out, and the next gets its turn", async () => {
  const { forge, settled, app, ebb, flood, ada, told, check, main } = await start({ requiredChecks: ["tests"] });
  const before = await main();
  await enqueuePull(forge, { pull: ebb }, by(ada));
  await enqueuePull(forge, { pull: flood }, by(ada));
  await settled();
  told();
  const run = await check("tests", null, entryOf(ebb)?.group?.head ?? "");
  expect(run.suite.branch).toBe(`gh-readonly-queue/main/pr-1-${before}`);
  await settled();
  expect(entryOf(ebb)).not.toBeNull();
  await editCheckRun(forge, { run, app, conclusion: "failure" }, by(app.bot));
  await settled();
  expect([entryOf(ebb), ebb.issue.state, await main()]).toEqual([null, "open", before]);
  expect(entryOf(flood)?.group?.base).toBe(before);
  expect(told()).toEqual([
    "pull_request dequeued CI_FAILURE",
    "merge_group destroyed dequeued",
    "push gh-readonly-queue",
    ...built,
  ]);
});

test("who wants it out gets it out, once", async () => {
  const { forge, settled, ebb, ada, told, groups, tokenOf } = await start({ requiredChecks: ["tests"] });
  await enqueuePull(forge, { pull: ebb }, by(ada));
  await settled();
  told();
  await dequeuePull(forge, ebb, by(ada));
  await settled();
  expect(told()).toEqual(["pull_request dequeued MANUAL", "merge_group destroyed dequeued", "push gh-readonly-queue"]);
  expect([entryOf(ebb), await groups()]).toEqual([null, []]);
  for (const list of ["events", "timeline"]) {
    const listed = await send(forge.web, { path: `/repos/acme/tides/issues/1/${list}`, token: tokenOf(ada) });
    const names = (listed.json as { event: string }[]).map(({ event }) => event);
    expect(names.slice(-2)).toEqual(["added_to_merge_queue", "removed_from_merge_queue"]);
  }
  await expect(dequeuePull(forge, ebb, by(ada))).rejects.toThrow("Failed to remove PR #1 from the merge queue");
});

test.each<[string, string, (started: Awaited<ReturnType<typeof start>>) => Promise<unknown>]>([
  [
    "new commits",
    "MANUAL",
    ({ forge, tides, grace }) => commitTo(forge, tides, { branch: "ebb", author: grace, message: "More" }),
  ],
  [
    "its branch being deleted",
    "MANUAL",
    ({ forge, tides, ebb, ada }) => {
      const changes = [{ ref: "refs/heads/ebb", from: ebb.head.commit, to: null }];
      return changeRefs(forge, { repository: tides, changes }, by(ada));
    },
  ],
  ["being closed", "MANUAL", ({ forge, ebb, ada }) => closeIssue(forge, { issue: ebb.issue }, by(ada))],
  ["going elsewhere", "MANUAL", ({ forge, ebb, ada }) => changeBase(forge, { pull: ebb, base: "flood" }, by(ada))],
  [
    "the end of the queue",
    "QUEUE_CLEARED",
    ({ forge, tides, ada }) => setMergeQueue(forge, tides, { rules: null, actor: by(ada) }),
  ],
  [
    "a push of its commits to the base",
    "ALREADY_MERGED",
    async ({ forge, tides, ebb, ada, main }) => {
      const changes = [{ ref: "refs/heads/main", from: await main(), to: ebb.head.commit }];
      return changeRefs(forge, { repository: tides, changes }, by(ada));
    },
  ],
])("it does not stay in the queue after %s", async (_what, reason, act) => {
  const started = await start({ requiredChecks: ["tests"] });
  const { forge, settled, ebb, ada, told, groups } = started;
  await enqueuePull(forge, { pull: ebb }, by(ada));
  await settled();
  await act(started);
  await settled();
  expect([entryOf(ebb), await groups()]).toEqual([null, []]);
  expect(told()).toContain(`pull_request dequeued ${reason}`);
});

test("it is built anew where somebody has pushed to the base, and is taken out where that conflicts", async () => {
  const { forge, settled, tides, ebb, flood, ada, told, main } = await start({ requiredChecks: ["tests"] });
  await enqueuePull(forge, { pull: ebb }, by(ada));
  await settled();
  told();
  const pushed = await commitTo(forge, tides, { branch: "main", author: ada, message: "Push" });
  await settled();
  expect([await main(), entryOf(ebb)?.group?.base]).toEqual([pushed, pushed]);
  expect(told()).toEqual(["push main", "merge_group destroyed invalidated", "push gh-readonly-queue", ...built]);
  // Neither is in conflict with main, but each is with the other.
  const rival = await rivalOf(forge, tides, ada);
  await enqueuePull(forge, { pull: rival.one }, by(ada));
  await enqueuePull(forge, { pull: rival.other }, by(ada));
  await finishMergeGroup(forge, ebb);
  await finishMergeGroup(forge, rival.one);
  await settled();
  expect(told()).toContain("pull_request dequeued MERGE_CONFLICT");
  expect([rival.one.merged === null, rival.other.merged, entryOf(rival.other)]).toEqual([false, null, null]);
  await expect(finishMergeGroup(forge, flood)).rejects.toThrow("not in a merge queue");
});

test("nothing is merged past the queue, and only what could be merged is put there", async () => {
  const { forge, tokenOf, tides, ebb, flood, ada, hedy, grace } = await start({ requiredChecks: ["tests"] });
  const path = "/repos/acme/tides/pulls/1/merge";
  const answer = await send(forge.web, { method: "PUT", path, token: tokenOf(ada), body: {} });
  expect([answer.status, answer.json.message]).toEqual([405, "Changes must be made through the merge queue"]);
  await setDraft(forge, { pull: ebb, draft: true }, by(grace));
  await expect(enqueuePull(forge, { pull: ebb }, by(ada))).rejects.toThrow("Pull request is in draft state");
  await expect(enqueuePull(forge, { pull: flood, expectedHead: "0".repeat(40) }, by(ada))).rejects.toThrow("modified");
  await enqueuePull(forge, { pull: flood }, by(ada));
  await expect(enqueuePull(forge, { pull: flood }, by(ada))).rejects.toThrow("already in the queue");
  const other = await openPull(
    forge,
    { repository: tides, title: "Into a branch", body: null, head: "ebb", base: "flood" },
    by(hedy),
  );
  await expect(enqueuePull(forge, { pull: other }, by(ada))).rejects.toThrow("does not require a merge queue");
  await mergePull(forge, { pull: other, method: "squash" }, by(ada));
  expect(other.merged).not.toBeNull();
});

test("the sandbox's own interface turns it on and off, and finishes what waits", async () => {
  const { forge, settled, tides, ebb, ada } = await start();
  const path = "/_sandbox/repositories/acme/tides/merge-queue";
  const body = { method: "rebase", required_checks: ["tests"] };
  const put = await send(forge.web, { method: "PUT", path, body });
  expect([put.status, put.json]).toEqual([200, { branch: "main", ...body }]);
  await enqueuePull(forge, { pull: ebb }, by(ada));
  const finished = await send(forge.web, { method: "POST", path: `${path}/finish`, body: { number: 1 } });
  expect(finished.json).toEqual({ number: 1, sha: ebb.merged?.commit });
  await settled();
  const again = await send(forge.web, { method: "POST", path: `${path}/finish`, body: { number: 1 } });
  expect(again.status).toBe(422);
  expect((await send(forge.web, { method: "DELETE", path })).status).toBe(204);
  expect(tides.mergeQueue).toBeNull();
  expect((await send(forge.web, { method: "DELETE", path: path.replace("tides", "ebb") })).status).toBe(404);
});
