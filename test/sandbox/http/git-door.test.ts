import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openIssue } from "../../../src/sandbox/actions/issues.ts";
import { openPull } from "../../../src/sandbox/actions/pulls.ts";
import { setCollaborator } from "../../../src/sandbox/actions/repositories.ts";
import type { Account } from "../../../src/sandbox/model/account.ts";
import { gitClient } from "../../support/git-client.ts";
import { temporaryFolder } from "../../support/repository.ts";
import { send } from "../../support/send.ts";
import { listenForWebhooks, startTestSandbox, type TestSandbox } from "../../support/start-test-sandbox.ts";
import { by, installTestApp, makeTides } from "../../support/test-app.ts";

function addressOf({ forge, tokenOf }: TestSandbox, who: Account | string | null): string {
  const { host } = new URL(forge.web);
  const token = typeof who === "object" && who !== null ? tokenOf(who) : who;
  return `http://${token === null ? "" : `x-access-token:${token}@`}${host}/acme/tides.git`;
}

async function clone(sandbox: TestSandbox, who: Account | string | null): Promise<string> {
  const folder = temporaryFolder();
  await gitClient(folder, "clone", "--quiet", addressOf(sandbox, who), ".");
  return folder;
}

async function commit(folder: string, path: string, message = `Add ${path}`): Promise<void> {
  writeFileSync(join(folder, path), `${path}\n`);
  await gitClient(folder, "add", ".");
  await gitClient(folder, "commit", "--quiet", "--message", message);
}

test("anybody clones what is public; only who may see it clones what is private", async () => {
  const sandbox = await startTestSandbox();
  const tides = await makeTides(sandbox);
  expect(await gitClient(await clone(sandbox, null), "ls-files")).toBe("README.md\n");
  tides.private = true;
  await expect(clone(sandbox, null)).rejects.toThrow("could not read Username");
  await expect(clone(sandbox, "ghp_wrong")).rejects.toThrow("Authentication failed");
  await expect(clone(sandbox, sandbox.hedy)).rejects.toThrow("not found");
  expect(await gitClient(await clone(sandbox, sandbox.grace), "ls-files")).toBe("README.md\n");
});

test("a push needs the right to push, and no archive takes one", async () => {
  const sandbox = await startTestSandbox();
  const tides = await makeTides(sandbox);
  const folder = await clone(sandbox, null);
  await commit(folder, "high.txt");
  const push = async (who: Account | null) => gitClient(folder, "push", "--quiet", addressOf(sandbox, who), "main");
  await expect(push(null)).rejects.toThrow("could not read Username");
  await expect(push(sandbox.hedy)).rejects.toThrow("403");
  await expect(push(sandbox.grace)).rejects.toThrow("403");
  tides.archived = true;
  await expect(push(sandbox.ada)).rejects.toThrow("403");
  tides.archived = false;
  await setCollaborator(sandbox.forge, { repository: tides, account: sandbox.grace, role: "write" }, by(sandbox.ada));
  await push(sandbox.grace);
});

test("an installation's token fetches and pushes as far as it was granted to, as the app's bot", async () => {
  const sandbox = await startTestSandbox();
  await makeTides(sandbox, { private: true });
  const { url, received } = await listenForWebhooks();
  const { token } = await installTestApp(sandbox, { webhookUrl: url, events: ["push"] });
  const reader = await installTestApp(sandbox, { name: "Reader", permissions: { contents: "read" } });
  const folder = await clone(sandbox, reader.token);
  await commit(folder, "high.txt");
  await expect(gitClient(folder, "push", "--quiet", "origin", "main")).rejects.toThrow("403");
  await gitClient(folder, "push", "--quiet", addressOf(sandbox, token), "main");
  await sandbox.settled();
  expect(received.find(({ event }) => event === "push")?.payload).toMatchObject({
    ref: "refs/heads/main",
    sender: { login: "helper[bot]" },
    commits: [{ message: "Add high.txt", added: ["high.txt"] }],
  });
});

test("a branch, a tag, a forced push and deletions are each told of", async () => {
  const sandbox = await startTestSandbox();
  await makeTides(sandbox);
  const { url, received } = await listenForWebhooks();
  await installTestApp(sandbox, { webhookUrl: url, events: ["push", "create", "delete"] });
  const folder = await clone(sandbox, sandbox.ada);
  const told = async (): Promise<object[]> => {
    await sandbox.settled();
    const list = received.splice(0).filter(({ event }) => event !== "installation");
    return list
      .toSorted((one, other) => one.event.localeCompare(other.event))
      .map(({ event, payload }) => {
        const { ref, created, deleted, forced } = payload as Record<string, unknown>;
        return event === "push" ? { event, ref, created, deleted, forced } : { event, ref };
      });
  };
  await gitClient(folder, "switch", "--quiet", "--create", "topic");
  await commit(folder, "topic.txt");
  await gitClient(folder, "push", "--quiet", "origin", "topic");
  const topic = { event: "push", ref: "refs/heads/topic", created: false, deleted: false, forced: false };
  expect(await told()).toEqual([
    { event: "create", ref: "topic" },
    { ...topic, created: true },
  ]);
  await gitClient(folder, "commit", "--quiet", "--amend", "--message", "Again");
  await gitClient(folder, "push", "--quiet", "--force", "origin", "topic");
  expect(await told()).toEqual([{ ...topic, forced: true }]);
  await gitClient(folder, "tag", "v1");
  await gitClient(folder, "push", "--quiet", "origin", "v1", ":topic");
  expect(await told()).toEqual([
    { event: "create", ref: "v1" },
    { event: "delete", ref: "topic" },
    { ...topic, deleted: true },
    { ...topic, ref: "refs/tags/v1", created: true },
  ]);
});

test("a pull request moves with its branch, is closed with it, and nobody pushes its refs", async () => {
  const sandbox = await startTestSandbox();
  const tides = await makeTides(sandbox);
  const { url, received } = await listenForWebhooks();
  await installTestApp(sandbox, { webhookUrl: url, permissions: { pull_requests: "read" }, events: ["pull_request"] });
  const folder = await clone(sandbox, sandbox.ada);
  await gitClient(folder, "switch", "--quiet", "--create", "topic");
  await commit(folder, "topic.txt");
  await gitClient(folder, "push", "--quiet", "origin", "topic");
  const wanted = { repository: tides, title: "Topic", body: null, head: "topic", base: "main" };
  const pull = await openPull(sandbox.forge, wanted, by(sandbox.ada));
  await commit(folder, "more.txt");
  await gitClient(folder, "push", "--quiet", "origin", "topic");
  expect(pull.head.commit).toBe((await gitClient(folder, "rev-parse", "HEAD")).trim());
  await gitClient(folder, "fetch", "--quiet", "origin", "refs/pull/1/head");
  expect(await gitClient(folder, "rev-parse", "FETCH_HEAD")).toBe(await gitClient(folder, "rev-parse", "HEAD"));
  for (const ref of ["refs/pull/1/head", "refs/pull/2/head", "refs/pull/1/merge"]) {
    await expect(gitClient(folder, "push", "origin", `HEAD~1:${ref}`, "--force")).rejects.toThrow("hidden ref");
  }
  await gitClient(folder, "push", "--quiet", "origin", ":topic");
  expect(pull).toMatchObject({ merged: null, issue: { state: "closed" } });
  await sandbox.settled();
  const actions = received.flatMap(({ event, payload }) => (event === "pull_request" ? payload.action : []));
  expect(new Set(actions)).toEqual(new Set(["opened", "synchronize", "closed"]));
});

test("commits that come to the default branch merge their pull request and close the issues that they name", async () => {
  const sandbox = await startTestSandbox();
  const tides = await makeTides(sandbox);
  const issue = await openIssue(sandbox.forge, { repository: tides, title: "Off", body: null }, by(sandbox.grace));
  const folder = await clone(sandbox, sandbox.ada);
  await gitClient(folder, "switch", "--quiet", "--create", "topic");
  await commit(folder, "topic.txt", "Read the zone\n\nFixes #1");
  await gitClient(folder, "push", "--quiet", "origin", "topic");
  const wanted = { repository: tides, title: "Topic", body: null, head: "topic", base: "main" };
  const pull = await openPull(sandbox.forge, wanted, by(sandbox.ada));
  expect(issue.state).toBe("open");
  await gitClient(folder, "push", "--quiet", "origin", "topic:main");
  expect(pull.merged).toMatchObject({ by: sandbox.ada });
  expect([pull.issue.state, issue.state]).toEqual(["closed", "closed"]);
});

test("the first branch that comes to an empty repository is its default one", async () => {
  const sandbox = await startTestSandbox();
  const tides = await makeTides(sandbox, { autoInit: false });
  const folder = await clone(sandbox, sandbox.ada);
  await gitClient(folder, "switch", "--quiet", "--create", "trunk");
  await commit(folder, "first.txt");
  await gitClient(folder, "push", "--quiet", "origin", "trunk");
  expect(tides.defaultBranch).toBe("trunk");
  expect(await gitClient(await clone(sandbox, null), "branch", "--show-current")).toBe("trunk\n");
});

test("of two pushes at once to one branch one is refused, and two branches both arrive", async () => {
  const sandbox = await startTestSandbox();
  await makeTides(sandbox);
  const folders = [await clone(sandbox, sandbox.ada), await clone(sandbox, sandbox.ada)];
  for (const [index, folder] of folders.entries()) await commit(folder, `${index}.txt`);
  const push = (to: (index: number) => string) =>
    Promise.allSettled(folders.map((folder, index) => gitClient(folder, "push", "--quiet", "origin", to(index))));
  const same = await push(() => "main");
  expect(same.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const apart = await push((index) => `main:branch-${index}`);
  expect(apart.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
});

test("twenty megabytes are pushed and cloned", async () => {
  const sandbox = await startTestSandbox();
  await makeTides(sandbox);
  const folder = await clone(sandbox, sandbox.ada);
  writeFileSync(join(folder, "noise"), randomBytes(20 * 1024 * 1024));
  await commit(folder, "small.txt");
  await gitClient(folder, "push", "--quiet", "origin", "main");
  const tree = ["ls-tree", "HEAD", "noise"];
  expect(await gitClient(await clone(sandbox, null), ...tree)).toBe(await gitClient(folder, ...tree));
});

test.each([
  ["nonsense for a pack", "POST", "/acme/tides.git/git-receive-pack", "nonsense", {}],
  ["nonsense for a want", "POST", "/acme/tides.git/git-upload-pack", "nonsense", {}],
  ["nothing", "POST", "/acme/tides.git/git-receive-pack", "", {}],
  ["no gzip that says it is", "POST", "/acme/tides.git/git-upload-pack", "xx", { "content-encoding": "gzip" }],
  ["a service that is none", "GET", "/acme/tides.git/info/refs?service=git-shell", undefined, {}],
  ["no service", "GET", "/acme/tides.git/info/refs", undefined, {}],
  ["the wrong method", "GET", "/acme/tides.git/git-receive-pack", undefined, {}],
  ["a repository that is not there", "GET", "/acme/none.git/info/refs?service=git-upload-pack", undefined, {}],
  ["broken encoding", "GET", "/%zz/%00.git/info/refs?service=git-upload-pack", undefined, {}],
] as const)("%s is refused, and breaks nothing", async (_, method, path, body, others) => {
  const sandbox = await startTestSandbox();
  await makeTides(sandbox);
  const token = sandbox.tokenOf(sandbox.ada);
  const type = path.endsWith("pack") ? { "content-type": `application/x-${path.split("/").at(-1)}-request` } : {};
  const headers = { ...type, ...others };
  const answer = await send(sandbox.forge.web, {
    method,
    path,
    token,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  expect(answer.status).toBeLessThan(500);
  expect(await gitClient(await clone(sandbox, sandbox.ada), "ls-files")).toBe("README.md\n");
});
