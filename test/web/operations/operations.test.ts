import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { openPull } from "../../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../../src/sandbox/actions/repositories.ts";
import { commitTo } from "../../support/commit-to.ts";
import { signedRequest } from "../../support/deliver.ts";
import { by } from "../../support/graphql-sandbox.ts";
import { startTestApp } from "../../support/start-test-app.ts";

const token = "operations of the tests";
const started = await startTestApp(afterAll, { retries: { limit: 0, seconds: 0 } });
const { forge, acme, ada, app, installation, faults, commentsOn } = started;
const repository = await createRepository(
  forge,
  { owner: acme, name: "tides", private: true, autoInit: true },
  by(ada),
);
await quiet();

/** Waits until everything is done, what died is buried too. */
async function quiet(): Promise<void> {
  do await started.quiet();
  while (Object.values(await app.count()).some(({ dead }) => dead > 0));
}

interface Asking {
  readonly cookie?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(path: string, { cookie, form, headers }: Asking = {}): Promise<Response> {
  return app.http.request(`http://127.0.0.1${path}`, {
    method: form === undefined ? "GET" : "POST",
    headers: { ...(cookie !== undefined && { cookie }), ...headers },
    ...(form !== undefined && { body: new URLSearchParams(form) }),
  });
}

async function signIn(headers: Readonly<Record<string, string>> = {}): Promise<{ cookie: string; set: string }> {
  const answer = await ask("/ops/sign-in", { form: { token }, headers });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/ops"]);
  const set = answer.headers.get("set-cookie") ?? "";
  return { cookie: set.split(";")[0] ?? "", set };
}

async function read(cookie: string, path = "/ops"): Promise<{ html: string; form: string; letters: string[] }> {
  const html = await (await ask(path, { cookie })).text();
  const valuesOf = (name: string): string[] =>
    Array.from(html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, "g")), ([, value = ""]) => value);
  return { html, form: valuesOf("form")[0] ?? "", letters: valuesOf("id") };
}

let branches = 0;

async function openPullOn(head: string) {
  await commitTo(forge, repository, { branch: head, author: ada, message: "Add\n\nCo-authored-by: G <g@example.org>" });
  return openPull(forge, { repository, title: "Add", body: null, head, base: "main" }, by(ada));
}

/** A pull request whose work dies, as GitHub does not answer meanwhile. */
async function openInVain() {
  branches += 1;
  faults.arrange([{ kind: "500", probability: 1, times: null, milliseconds: 0 }], "");
  const pull = await openPullOn(`topic-${branches}`);
  await quiet();
  faults.arrange([], "");
  expect(commentsOn(pull.issue)).toEqual([]);
  return pull;
}

test("whoever is not signed in sees nothing but the form, and may do nothing", async () => {
  const page = await ask("/ops");
  const html = await page.text();
  expect(page.status).toBe(200);
  expect(html).toContain('type="password"');
  expect(html).not.toContain("Queues</h2>");
  expect((await ask("/ops/redrive", { form: { queue: "tasks" } })).status).toBe(401);
  expect((await ask("/ops", { cookie: "curtain-call-operations=9999999999.a.b" })).status).toBe(200);
  for (const wrong of ["", "operations of the test", token.toUpperCase()]) {
    const refused = await ask("/ops/sign-in", { form: { token: wrong } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("set-cookie")).toBeNull();
    expect(await refused.text()).not.toContain(token);
  }
  expect(started.complaints.splice(0)).toHaveLength(3);
});

test("the cookie is out of reach of scripts and other sites, and goes by TLS alone where that is used", async () => {
  const { set } = await signIn();
  for (const part of ["HttpOnly", "SameSite=Strict", "Path=/ops", "Max-Age=28800"]) expect(set).toContain(part);
  expect(set).not.toContain(token);
  expect(set).not.toContain("Secure");
  expect((await signIn({ "x-forwarded-proto": "https" })).set).toContain("Secure");
});

test("pages hold no script and no style, are kept by nobody, and are shown in no frame", async () => {
  const { cookie } = await signIn();
  const page = await ask("/ops", { cookie });
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect(await page.text()).not.toMatch(/<script|<style|\sstyle=|\son\w+=/i);
});

test("work that died is told with its reference, and done when it is tried again", async () => {
  const pull = await openInVain();
  const { cookie } = await signIn();
  const { html, form, letters } = await read(cookie);
  expect(html).toContain(`pull request acme/tides#${pull.issue.number}`);
  expect(html).toMatch(/<code>[0-9A-Z]{4}-[0-9A-Z]{2}<\/code>/);
  expect(letters).toHaveLength(1);
  const again = await ask("/ops/redrive", { cookie, form: { form, id: letters[0] ?? "" } });
  expect([again.status, again.headers.get("location")]).toEqual([303, "/ops?redriven=1"]);
  await quiet();
  expect(commentsOn(pull.issue)).toHaveLength(1);
  const after = await read(cookie, "/ops?redriven=1");
  expect(after.html).toContain("1 job is on its way again.");
  expect(after.letters).toEqual([]);
  const late = await ask("/ops/redrive", { cookie, form: { form, id: letters[0] ?? "" } });
  expect(late.headers.get("location")).toBe("/ops?redriven=0");
});

test("all of a queue are tried again at once", async () => {
  const pulls = [await openInVain(), await openInVain()];
  const { cookie } = await signIn();
  const { form, letters } = await read(cookie);
  expect(letters).toHaveLength(2);
  const again = await ask("/ops/redrive", { cookie, form: { form, queue: "tasks" } });
  expect(again.headers.get("location")).toBe("/ops?redriven=2");
  await quiet();
  expect(pulls.map(({ issue }) => commentsOn(issue).length)).toEqual([1, 1]);
});

test("a delivery that died is worked on again with what it said", async () => {
  const { query } = app.deps.database;
  await sql`create function refuse_tasks() returns trigger language plpgsql as
    $$ begin if new.name = 'tasks' then raise exception 'no'; end if; return new; end $$`.execute(query);
  await sql`create trigger refuse before insert on pgboss.job for each row execute function refuse_tasks()`.execute(
    query,
  );
  const pull = await openPullOn("topic-of-a-dead-delivery");
  await quiet();
  await sql`drop trigger refuse on pgboss.job`.execute(query);
  const { cookie } = await signIn();
  const { html, form, letters } = await read(cookie, "/ops?state=dead");
  expect(letters).toHaveLength(1);
  expect(html).toContain('pull_request <span class="quiet">opened</span>');
  const again = await ask("/ops/redrive", { cookie, form: { form, queue: "deliveries" } });
  expect(again.headers.get("location")).toBe("/ops?redriven=1");
  await quiet();
  expect(commentsOn(pull.issue)).toHaveLength(1);
  expect((await read(cookie, "/ops?state=dead")).html).not.toContain("pull_request");
});

test("a form that no page of ours has shown to this session changes nothing", async () => {
  await openInVain();
  const [mine, other] = [await signIn(), await signIn()];
  const { letters } = await read(mine.cookie);
  const [id = ""] = letters;
  const { form } = await read(other.cookie);
  for (const asking of [
    { form: { id } },
    { form: { form: "", id } },
    { form: { form, id } },
    { form: { form: (await read(mine.cookie)).form, id }, headers: { "sec-fetch-site": "cross-site" } },
  ]) {
    expect((await ask("/ops/redrive", { cookie: mine.cookie, ...asking })).status).toBe(403);
  }
  expect((await ask(`/ops/redrive?id=${id}`, { cookie: mine.cookie })).status).toBe(404);
  expect((await read(mine.cookie)).letters).toEqual([id]);
});

test("a form of any length and shape is refused or does nothing", async () => {
  const { cookie } = await signIn();
  const { form } = await read(cookie);
  expect((await ask("/ops/redrive", { cookie, form: { form, id: "x".repeat(10_000) } })).status).toBe(413);
  const nowhere = await ask("/ops/redrive", { cookie, form: { form, queue: "tasks-dead" } });
  expect(nowhere.headers.get("location")).toBe("/ops?redriven=0");
  for (const id of ["'; drop table deliveries", randomUUID(), "__proto__", ""]) {
    const answer = await ask("/ops/redrive", { cookie, form: { form, id } });
    expect(answer.headers.get("location")).toBe("/ops?redriven=0");
  }
});

test("deliveries are shown by state, with no markup of theirs", async () => {
  const [secret = ""] = started.credentials.webhookSecrets;
  const payload = { action: "<b>bold</b>", installation: { id: installation.id } };
  const request = signedRequest(randomUUID(), payload, { event: "deployment", key: secret });
  await app.http.request("http://127.0.0.1/api/github/webhooks", request);
  await quiet();
  const { cookie } = await signIn();
  const all = await read(cookie);
  expect(all.html).toContain("&lt;b&gt;bold&lt;/b&gt;");
  expect(all.html).not.toContain("<b>");
  expect((await read(cookie, "/ops?state=done")).html).toContain("deployment");
  expect((await read(cookie, "/ops?state=dead")).html).not.toContain("deployment");
  expect((await read(cookie, "/ops?state=%3Cb%3E")).html).toContain("deployment");
});

test("signing out ends it in this browser", async () => {
  const { cookie } = await signIn();
  const { form } = await read(cookie);
  const out = await ask("/ops/sign-out", { cookie, form: { form } });
  expect(out.status).toBe(303);
  expect(out.headers.get("set-cookie")).toMatch(/^curtain-call-operations=; Max-Age=0; Path=\/ops/);
});
