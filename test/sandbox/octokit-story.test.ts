import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { App } from "@octokit/app";
import { graphql } from "@octokit/graphql";
import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { installApp, registerApp } from "../../src/sandbox/actions/apps.ts";
import { temporaryFolder } from "../support/repository.ts";
import { listenForWebhooks, startTestSandbox } from "../support/start-test-sandbox.ts";

test("Octokit's clients go through a story: an app signs in, a repository is made, a branch pushed, reviewed and squashed", async () => {
  const sandbox = await startTestSandbox();
  const { forge, acme, ada, grace, tokenOf } = sandbox;
  const { url: webhookUrl, received } = await listenForWebhooks();
  const { app: registered, privateKey } = await registerApp(forge, {
    name: "Curtain Call",
    owner: acme,
    webhookUrl,
    permissions: {
      administration: "write",
      contents: "write",
      issues: "write",
      pull_requests: "write",
      checks: "write",
    },
    events: [
      "push",
      "pull_request",
      "pull_request_review",
      "issues",
      "issue_comment",
      "repository",
      "check_run",
      "create",
      "delete",
    ],
  });
  await installApp(forge, { app: registered, account: acme, repositories: null }, { account: ada, viaAppId: null });

  const ours = Octokit.defaults({ baseUrl: forge.api });
  const app = new App({ appId: registered.id, privateKey, Octokit: ours });
  const { data: self } = await app.octokit.request("GET /app");
  expect(self?.slug).toBe("curtain-call");
  const installations = await app.octokit.request("GET /app/installations");
  const [installation] = installations.data;
  expect(installation?.account).toMatchObject({ login: "acme" });
  const bot = await app.getInstallationOctokit(installation?.id ?? 0);

  const made = await bot.request("POST /orgs/{org}/repos", {
    org: "acme",
    name: "tides",
    auto_init: true,
    description: "Tide tables",
  });
  expect(made.status).toBe(201);

  const asAda = new Octokit({ baseUrl: forge.api, auth: tokenOf(ada) });
  const asGrace = new Octokit({ baseUrl: forge.api, auth: tokenOf(grace) });
  const place = { owner: "acme", repo: "tides" };
  await asAda.rest.repos.addCollaborator({ ...place, username: "grace", permission: "push" });
  const issue = await asGrace.rest.issues.create({
    ...place,
    title: "The tide table is off by an hour",
    labels: ["bug"],
  });
  expect(issue.data.number).toBe(1);

  const folder = temporaryFolder();
  const git = async (...args: string[]): Promise<string> => {
    const identity = ["-c", "user.name=Ada Example", "-c", "user.email=ada@example.com"];
    const { stdout } = await promisify(execFile)("git", [...identity, "-C", folder, ...args]);
    return stdout;
  };
  await git("clone", "--quiet", `http://x-access-token:${tokenOf(ada)}@${new URL(forge.web).host}/acme/tides.git`, ".");
  await git("switch", "--quiet", "--create", "summer-time");
  writeFileSync(join(folder, "tides.txt"), "06:12 high\n");
  await git("add", ".");
  await git("commit", "--quiet", "--message", "Read the zone from the gauge");
  writeFileSync(join(folder, "tides.txt"), "06:12 high\n12:40 low\n");
  await git(
    "commit",
    "--quiet",
    "--all",
    "--message",
    "Add the low tide\n\nCo-authored-by: Grace Sample <grace@example.org>\nCo-authored-by: Joan Figure <joan@example.com>",
  );
  await git("push", "--quiet", "origin", "summer-time");

  const pull = await asAda.rest.pulls.create({
    ...place,
    head: "summer-time",
    base: "main",
    title: "Summer time",
    body: "Fixes #1",
  });
  expect(pull.data).toMatchObject({ number: 2, commits: 2, changed_files: 1, mergeable: true, state: "open" });
  const commits = await asAda.paginate(asAda.rest.pulls.listCommits, { ...place, pull_number: 2, per_page: 1 });
  expect(commits.map(({ commit }) => commit.message.split("\n")[0])).toEqual([
    "Read the zone from the gauge",
    "Add the low tide",
  ]);
  expect(commits[0]?.author).toMatchObject({ login: "ada" });

  const comment = await bot.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...place,
    issue_number: 2,
    body: "### Credit",
  });
  expect(comment.data.performed_via_github_app).toMatchObject({ slug: "curtain-call" });
  expect(comment.data.user).toMatchObject({ login: "curtain-call[bot]", type: "Bot" });
  await asGrace.rest.pulls.createReview({ ...place, pull_number: 2, event: "APPROVE", body: "Lovely" });

  const merged = await asGrace.rest.pulls.merge({ ...place, pull_number: 2, merge_method: "squash" });
  expect(merged.data.merged).toBe(true);
  await git("fetch", "--quiet");
  expect(await git("log", "-1", "--format=%an <%ae>%n%cn%n%B", "origin/main")).toBe(
    [
      "Ada Example <ada@example.com>",
      "GitHub",
      "Summer time (#2)",
      "",
      "* Read the zone from the gauge",
      "",
      "* Add the low tide",
      "",
      "Co-authored-by: Grace Sample <grace@example.org>",
      "Co-authored-by: Joan Figure <joan@example.com>",
      "",
      "---------",
      "",
      "Co-authored-by: Grace Sample <grace@example.org>",
      "Co-authored-by: Joan Figure <joan@example.com>",
      "",
    ].join("\n"),
  );
  expect((await asAda.rest.issues.get({ ...place, issue_number: 1 })).data).toMatchObject({
    state: "closed",
    state_reason: "completed",
  });

  const query = graphql.defaults({ baseUrl: `${forge.web}/api`, headers: { authorization: `token ${tokenOf(ada)}` } });
  const answer = await query<{ repository: { pullRequest: object } }>(
    `query ($owner: String!, $repo: String!) {
      repository(owner: $owner, name: $repo) {
        pullRequest(number: 2) {
          merged
          commits(first: 50) { nodes { commit { authors(first: 10) { nodes { name user { login } } } } } }
          reviews(first: 10) { nodes { state author { login } } }
        }
      }
    }`,
    place,
  );
  expect(answer.repository.pullRequest).toEqual({
    merged: true,
    commits: {
      nodes: [
        { commit: { authors: { nodes: [{ name: "Ada Example", user: { login: "ada" } }] } } },
        {
          commit: {
            authors: {
              nodes: [
                { name: "Ada Example", user: { login: "ada" } },
                { name: "Grace Sample", user: { login: "grace" } },
                { name: "Joan Figure", user: null },
              ],
            },
          },
        },
      ],
    },
    reviews: { nodes: [{ state: "APPROVED", author: { login: "grace" } }] },
  });

  await sandbox.settled();
  const secret = registered.webhook.secret ?? "";
  for (const { headers, body } of received) {
    expect(headers["x-hub-signature-256"]).toBe(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
  }
  const told = received.map(({ event, payload }) => `${event} ${payload.action ?? ""}`.trim()).toSorted();
  expect(told).toEqual([
    "create",
    "create",
    "installation created",
    "issue_comment created",
    "issues closed",
    "issues labeled",
    "issues opened",
    "pull_request closed",
    "pull_request opened",
    "pull_request_review submitted",
    "push",
    "push",
    "push",
    "repository created",
  ]);
  const deliveries = await app.octokit.request("GET /app/hook/deliveries", { per_page: 5 });
  expect(deliveries.data).toHaveLength(5);
  expect(deliveries.data[0]).toMatchObject({ status_code: 200, redelivery: false });
});
