import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createSocketServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { removeMember, renameAccount, setMember } from "../../src/sandbox/actions/accounts.ts";
import { chooseRepositories, grantPermissions, setSuspended } from "../../src/sandbox/actions/apps.ts";
import { setDraft } from "../../src/sandbox/actions/pulls.ts";
import { moveRepository } from "../../src/sandbox/actions/repositories.ts";
import { send } from "../support/send.ts";
import { listenForWebhooks, startTestSandbox, type TestSandbox } from "../support/start-test-sandbox.ts";
import { by, installTestApp, makeTides, signAsApp } from "../support/test-app.ts";

const events = [
  "issues",
  "issue_comment",
  "pull_request",
  "pull_request_review",
  "pull_request_review_comment",
  "push",
];
const more = ["create", "delete", "label", "milestone", "repository", "member", "organization", "check_run"];

function asker({ forge, tokenOf, ada }: TestSandbox) {
  return async (method: string, path: string, body?: object, token = tokenOf(ada)) => {
    const answer = await send(forge.web, { method, path, token, ...(body === undefined ? {} : { body }) });
    expect([method, path, answer.status < 300 || answer.text]).toEqual([method, path, true]);
    return answer.json;
  };
}

/** Somebody who listens and never answers. */
async function listenInSilence(): Promise<string> {
  const sockets: Socket[] = [];
  const server = createSocketServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
}

test("everything that apps can hear of is told as GitHub describes it", async () => {
  const sandbox = await startTestSandbox();
  const { forge, acme, ada, grace, hedy } = sandbox;
  const { url, received } = await listenForWebhooks();
  const app = await installTestApp(sandbox, {
    webhookUrl: url,
    events: [...events, ...more],
    permissions: { contents: "write", issues: "write", pull_requests: "write", checks: "write" },
  });
  const ask = asker(sandbox);
  await ask("POST", "/orgs/acme/repos", { name: "tides", auto_init: true });
  const repo = "/repos/acme/tides";
  const tides = [...forge.state.repositories.values()].find(({ name }) => name === "tides");
  if (tides === undefined) throw new Error("no repository");
  await ask("PUT", `${repo}/collaborators/hedy`, { permission: "push" });
  await ask("PUT", `${repo}/collaborators/hedy`, { permission: "triage" });
  await ask("PUT", `${repo}/collaborators/grace`, { permission: "push" });
  await ask("DELETE", `${repo}/collaborators/hedy`);
  await ask("POST", `${repo}/labels`, { name: "tide", color: "ffffff" });
  await ask("PATCH", `${repo}/labels/tide`, { new_name: "tides" });
  await ask("POST", `${repo}/milestones`, { title: "One" });
  for (const change of [{ title: "First", description: "d" }, { state: "closed" }, { state: "open" }]) {
    await ask("PATCH", `${repo}/milestones/1`, change);
  }
  const main = (await ask("GET", `${repo}/git/ref/heads/main`)) as { object: { sha: string } };
  await ask("POST", `${repo}/git/refs`, { ref: "refs/heads/topic", sha: main.object.sha });
  const file = { message: "Add a", content: "YQo=", branch: "topic" };
  await ask("PUT", `${repo}/contents/a.txt`, file);
  await ask("POST", `${repo}/issues`, { title: "Off" });
  await ask("POST", `${repo}/pulls`, { title: "Topic", head: "topic", base: "main", draft: true });
  for (const number of [1, 2]) {
    const issue = `${repo}/issues/${number}`;
    await ask("PATCH", issue, { title: "Changed", body: "b", labels: ["bug"], assignees: ["ada"], milestone: 1 });
    await ask("PATCH", issue, { labels: [], assignees: [], milestone: null });
    await ask("PUT", `${issue}/lock`, {});
    await ask("DELETE", `${issue}/lock`);
    await ask("PATCH", issue, { state: "closed" });
    await ask("PATCH", issue, { state: "open" });
    const comment = (await ask("POST", `${issue}/comments`, { body: "One" })) as { id: number };
    await ask("PATCH", `${repo}/issues/comments/${comment.id}`, { body: "Two" });
    await ask("DELETE", `${repo}/issues/comments/${comment.id}`);
  }
  await ask("PUT", `${repo}/contents/b.txt`, { ...file, message: "Add b" });
  const pull = tides.issues.get(2)?.pull;
  if (!pull) throw new Error("no pull request");
  await setDraft(forge, { pull, draft: false }, by(ada));
  await setDraft(forge, { pull, draft: true }, by(ada));
  await setDraft(forge, { pull, draft: false }, by(ada));
  await ask("POST", `${repo}/pulls/2/requested_reviewers`, { reviewers: ["grace"] });
  await ask("DELETE", `${repo}/pulls/2/requested_reviewers`, { reviewers: ["grace"] });
  const asGrace = sandbox.tokenOf(grace);
  const lines = [{ path: "a.txt", line: 1, body: "Why?" }];
  const review = await ask(
    "POST",
    `${repo}/pulls/2/reviews`,
    { event: "REQUEST_CHANGES", body: "r", comments: lines },
    asGrace,
  );
  await ask("PUT", `${repo}/pulls/2/reviews/${review.id}`, { body: "s" }, asGrace);
  const [line] = await ask("GET", `${repo}/pulls/2/comments`);
  await ask("PATCH", `${repo}/pulls/comments/${line.id}`, { body: "Because" }, asGrace);
  await ask("DELETE", `${repo}/pulls/comments/${line.id}`, undefined, asGrace);
  await ask("PUT", `${repo}/pulls/2/reviews/${review.id}/dismissals`, { message: "m" });
  const run = await ask("POST", `${repo}/check-runs`, { name: "c", head_sha: pull.head.commit }, app.token);
  await ask("PATCH", `${repo}/check-runs/${run.id}`, { conclusion: "success" }, app.token);
  await ask("PUT", `${repo}/pulls/2/merge`, {});
  await ask("DELETE", `${repo}/git/refs/heads/topic`);
  await ask("DELETE", `${repo}/milestones/1`);
  await ask("DELETE", `${repo}/labels/tides`);
  for (const body of [
    { description: "d" },
    { private: true },
    { private: false },
    { archived: true },
    { archived: false },
  ]) {
    await ask("PATCH", repo, body);
  }
  await ask("PUT", `${repo}/topics`, { names: ["sea"] });
  await ask("PATCH", repo, { name: "locks" });
  await setMember(forge, { organization: acme, account: hedy, role: "member", actor: by(ada) });
  await removeMember(forge, { organization: acme, account: hedy, actor: by(ada) });
  const { installation } = app;
  await chooseRepositories(forge, { installation, repositories: [] }, by(ada));
  await chooseRepositories(forge, { installation, repositories: null }, by(ada));
  await grantPermissions(forge, { installation, permissions: { issues: "write" } }, by(ada));
  await setSuspended(forge, { installation, suspended: true }, by(ada));
  await setSuspended(forge, { installation, suspended: false }, by(ada));
  await moveRepository(forge, { repository: tides, owner: ada, name: "locks" }, by(ada));
  await moveRepository(forge, { repository: tides, owner: acme, name: "locks" }, by(ada));
  await renameAccount(forge, acme, "acme-tides");
  await ask("DELETE", "/repos/acme-tides/locks");
  await sandbox.settled();
  const told = [...new Set(received.map(({ event, payload }) => `${event} ${payload.action ?? ""}`.trim()))];
  expect(told.toSorted()).toMatchSnapshot();
}, 120_000);

test("each is signed over what was sent, and a redelivery is the same once more", async () => {
  const sandbox = await startTestSandbox();
  await makeTides(sandbox);
  const { url, received } = await listenForWebhooks();
  const app = await installTestApp(sandbox, { webhookUrl: url });
  await sandbox.settled();
  const authorization = `Bearer ${await signAsApp(app, new Date())}`;
  const ask = (path: string, method = "GET") => send(sandbox.forge.web, { method, path, headers: { authorization } });
  const [first] = (await ask("/app/hook/deliveries")).json;
  expect((await ask(`/app/hook/deliveries/${first.id}/attempts`, "POST")).status).toBe(202);
  await sandbox.settled();
  const [one, other] = received;
  expect(one?.body).toBe(other?.body);
  expect(one?.headers["x-github-delivery"]).toBe(other?.headers["x-github-delivery"]);
  const secret = app.app.webhook.secret ?? "";
  const signature = createHmac("sha256", secret)
    .update(one?.body ?? "")
    .digest("hex");
  expect(one?.headers["x-hub-signature-256"]).toBe(`sha256=${signature}`);
  const log = (await ask("/app/hook/deliveries")).json as { guid: string; redelivery: boolean }[];
  expect(log.map(({ guid, redelivery }) => [guid, redelivery])).toEqual([
    [first.guid, true],
    [first.guid, false],
  ]);
});

test("what failed is in the log with its reason, and nobody tries again", async () => {
  const sandbox = await startTestSandbox({ webhookPatience: 100 });
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(500).end("no");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const failing = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
  await installTestApp(sandbox, { name: "One", webhookUrl: failing });
  await sandbox.settled();
  await new Promise((resolve) => server.close(resolve));
  await installTestApp(sandbox, { name: "Two", webhookUrl: failing });
  await installTestApp(sandbox, { name: "Three", webhookUrl: await listenInSilence() });
  await sandbox.settled();
  const outcomes = sandbox.forge.state.deliveries.map(({ outcome }) => [outcome?.statusCode, outcome?.status]);
  expect(outcomes).toEqual([
    [500, "Internal Server Error"],
    [0, "failed to connect to host"],
    [0, "timed out"],
  ]);
  expect(asked).toBe(1);
});

test("only those hear of it that reach the repository, have subscribed and are not suspended", async () => {
  const sandbox = await startTestSandbox();
  const tides = await makeTides(sandbox);
  const locks = await makeTides(sandbox, { name: "locks" });
  const ask = asker(sandbox);
  const listen = async (name: string, wishes: object) => {
    const { url, received } = await listenForWebhooks();
    const { installation } = await installTestApp(sandbox, { name, webhookUrl: url, events: ["issues"], ...wishes });
    return { installation, heard: () => received.filter(({ event }) => event === "issues").length };
  };
  const all = await listen("All", {});
  const there = await listen("There", { repositories: [tides] });
  const elsewhere = await listen("Elsewhere", { repositories: [locks] });
  const deaf = await listen("Deaf", { events: ["push"] });
  const asleep = await listen("Asleep", {});
  await setSuspended(sandbox.forge, { installation: asleep.installation, suspended: true }, by(sandbox.ada));
  await ask("POST", "/repos/acme/tides/issues", { title: "Off" });
  await sandbox.settled();
  expect([all, there, elsewhere, deaf, asleep].map(({ heard }) => heard())).toEqual([1, 1, 0, 0, 0]);
});

test("a payload shows the moment of what happened, however late it comes", async () => {
  const sandbox = await startTestSandbox();
  await makeTides(sandbox);
  const { url, received } = await listenForWebhooks();
  await installTestApp(sandbox, { webhookUrl: url, events: ["issues"] });
  const rules = [{ kind: "delayed", event: "issues", milliseconds: 50, times: 1 }];
  await send(sandbox.forge.web, { method: "PUT", path: "/_sandbox/faults", body: { rules } });
  const ask = asker(sandbox);
  await ask("POST", "/repos/acme/tides/issues", { title: "Before" });
  await ask("PATCH", "/repos/acme/tides/issues/1", { title: "After" });
  await sandbox.settled();
  const opened = received.find(({ payload }) => payload.action === "opened");
  expect(opened?.payload).toMatchObject({ issue: { title: "Before" } });
});

test("whoever closes the sandbox waits for no answer", async () => {
  const sandbox = await startTestSandbox();
  await installTestApp(sandbox, { webhookUrl: await listenInSilence() });
  await sandbox.close();
  expect(sandbox.forge.state.deliveries[0]?.outcome?.statusCode).toBe(0);
});
