import { afterAll, expect, test } from "vitest";
import { openPull } from "../../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../../src/sandbox/actions/repositories.ts";
import { commitTo } from "../../support/commit-to.ts";
import { by } from "../../support/graphql-sandbox.ts";
import { startTestApp } from "../../support/start-test-app.ts";

const { forge, acme, ada, app, installation, quiet } = await startTestApp(afterAll);
const repository = await createRepository(
  forge,
  { owner: acme, name: "tides", private: true, autoInit: true },
  by(ada),
);
await commitTo(forge, repository, {
  branch: "topic",
  author: ada,
  message: "Count\n\nCo-authored-by: G <g@example.org>",
});
await openPull(forge, { repository, title: "Count", body: null, head: "topic", base: "main" }, by(ada));
await quiet();

function get(path: string, token?: string): Promise<Response> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return Promise.resolve(app.http.request(`http://127.0.0.1${path}`, { headers }));
}

async function readMetrics(): Promise<string> {
  return (await get("/metrics", "metrics of the tests")).text();
}

/** The value of a metric whose labels say at least this much; null where there is none. */
async function valueOf(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number | null> {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const lines = (await readMetrics()).split("\n").filter((line) => new RegExp(`^${name}[{ ]`).test(line));
  const line = lines.find((one) => wanted.every((label) => one.includes(label)));
  return line === undefined ? null : Number(line.split(" ").at(-1));
}

test("a process that is there says so, and one that has all it needs says that", async () => {
  const alive = await get("/healthz");
  expect([alive.status, await alive.json()]).toEqual([200, { status: "alive" }]);
  const ready = await get("/readyz");
  expect(ready.status).toBe(200);
  expect(ready.headers.get("cache-control")).toBe("no-store");
  expect(await ready.json()).toEqual({ status: "ready", database: "ok", queue: "ok", github: "ok" });
});

test("metrics are for whoever shows the token, and tell others nothing", async () => {
  for (const token of [undefined, "", "metrics of the test", "another"]) {
    const refused = await get("/metrics", token);
    expect(refused.status).toBe(401);
    expect(await refused.text()).not.toContain("curtain_call");
  }
  const told = await get("/metrics", "metrics of the tests");
  expect(told.status).toBe(200);
  expect(told.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
});

test("a pull request is counted on its way from the delivery to the comment", async () => {
  const event = "pull_request";
  expect(await valueOf("curtain_call_deliveries_total", { event, outcome: "inserted" })).toBe(1);
  expect(await valueOf("curtain_call_delivery_work_total", { event, outcome: "done" })).toBe(1);
  const task = { queue: "tasks", kind: "pull request", outcome: "done" };
  expect(await valueOf("curtain_call_job_seconds_count", task)).toBeGreaterThan(0);
  expect(await valueOf("curtain_call_writes_total", { kind: "upsert comment", outcome: "created" })).toBe(1);
  const comment = { as: "installation", method: "POST", route: "/repos/{owner}/{repo}/issues/{issue_number}/comments" };
  expect(await valueOf("curtain_call_github_requests_total", { ...comment, status: "201" })).toBe(1);
  const token = { as: "app", route: "/app/installations/{installation_id}/access_tokens", status: "201" };
  expect(await valueOf("curtain_call_github_requests_total", token)).toBeGreaterThan(0);
  const left = { installation: String(installation.id), resource: "graphql" };
  expect(await valueOf("curtain_call_github_points_left", left)).toBeGreaterThan(0);
});

test("what needs no write is counted as saved", async () => {
  const task = { kind: "pull request", installationId: installation.id, repositoryId: repository.id } as const;
  await app.deps.enqueue({ ...task, owner: "acme", name: "tides", number: 1 });
  await quiet();
  expect(await valueOf("curtain_call_writes_total", { kind: "upsert comment", outcome: "unchanged" })).toBe(1);
});

test("queues are told as they are, empty ones too", async () => {
  expect(await valueOf("curtain_call_queues_known")).toBe(1);
  for (const queue of ["deliveries", "tasks", "backfills"]) {
    for (const state of ["waiting", "running", "dead"]) {
      expect(await valueOf("curtain_call_queue_jobs", { queue, state })).toBe(0);
    }
    expect(await valueOf("curtain_call_queue_oldest_seconds", { queue })).toBe(0);
  }
});

test("no label says what a repository or a person is called", async () => {
  expect(await readMetrics()).not.toMatch(/tides|acme|ada|example\.org/);
});

test("a delivery that nobody has signed is counted under no name of its own", async () => {
  await app.http.request("http://127.0.0.1/api/github/webhooks", {
    method: "POST",
    body: "{}",
    headers: {
      "content-type": "application/json",
      "x-github-delivery": "1",
      "x-github-event": "of_my_own",
      "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
    },
  });
  expect(await valueOf("curtain_call_deliveries_total", { event: "unknown", outcome: "refused" })).toBe(1);
  expect(await readMetrics()).not.toContain("of_my_own");
});
