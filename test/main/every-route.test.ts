import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRelease } from "../../src/sandbox/actions/releases.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { rememberInstallation } from "../../src/store/installations.ts";
import { settleAllTallies } from "../../src/store/settle-tallies.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { inTransaction } from "../support/ledger.ts";
import { startTestApp } from "../support/start-test-app.ts";

const started = await startTestApp(afterAll);
const { forge, acme, ada, app, installation, quiet } = started;
const { database } = app.deps;
const root = new URL(installation.app.webhook.url ?? "").origin;

const repository = await createRepository(
  forge,
  { owner: acme, name: "tides", private: false, autoInit: true },
  by(ada),
);
await inTransaction(database, (transaction) =>
  rememberInstallation(transaction, { installationId: installation.id, accountId: acme.id, login: acme.login }),
);
await commitTo(forge, repository, { branch: "topic", author: ada, message: "Count the days" });
const wanted = { repository, title: "Count the days", body: null, head: "topic", base: "main" };
const pull = await openPull(forge, wanted, by(ada));
await quiet();
await mergePull(forge, { pull, method: "squash" }, by(ada));
await quiet();
await createRelease(forge, { repository, tagName: "v1", name: "First", body: "" }, by(ada));
await quiet();
await settleAllTallies(database);

const there = { ":owner": "acme", ":repository": "tides", ":login": "ada", ":tag": "v1", "*": "no/such/page/at/all" };
const elsewhere = { ":owner": "nobody", ":repository": "nothing", ":login": "ghost", ":tag": "v0", "*": "" };

function addressOf(path: string, names: Readonly<Record<string, string>>): string {
  return path.replaceAll(/:\w+|\*/g, (name) => names[name] ?? name);
}

/** Every route that is no mere layer before others, as the router itself names them. */
const routes = app.http.routes.filter(({ method }) => method !== "ALL");
const paths = [...new Set(routes.map(({ path }) => path))];
const addresses = paths.flatMap((path) => [addressOf(path, there), addressOf(path, elsewhere)]);

/** All that is kept, but for what the queue's own work changes by itself. */
async function readAll(): Promise<string> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
  `.execute(database.query);
  const all = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql`select t::text as row from ${sql.table(name)} t order by 1`.execute(database.query);
    all.push([name, rows]);
  }
  const jobs = await sql`select count(*) from pgboss.job`.execute(database.query);
  return JSON.stringify([all, jobs.rows]);
}

function faultsOf({ headers }: Response, text: string): string[] {
  const policy = headers.get("content-security-policy") ?? "";
  return Object.entries({
    "lets everything in": policy.includes("default-src 'none'"),
    "is shown in frames": policy.includes("frame-ancestors 'none'"),
    "runs what stands in it": !policy.includes("unsafe"),
    "is guessed at": headers.get("x-content-type-options") === "nosniff",
    "tells where people come from": headers.get("referrer-policy") === "no-referrer",
    "holds a script or a style": !/<script|<style|\sstyle=|\son\w+=|javascript:/i.test(text),
  }).flatMap(([fault, isFine]) => (isFine ? [] : [fault]));
}

async function ask(method: string, address: string) {
  const response = await fetch(`${root}${address}`, { method, redirect: "manual" });
  const text = await response.text();
  return { response, text, said: `${method} ${address} ${response.status}` };
}

test("whatever is asked for, no answer may run, load or be framed by anything, and nothing is changed by asking", async () => {
  // Fewer would mean that the router is not asked rightly.
  expect(paths.length).toBeGreaterThan(12);
  expect(paths).toContain("/:owner/:repository/-/releases/:tag");
  const before = await readAll();
  const seen = new Set<number>();
  for (const address of addresses) {
    for (const method of ["GET", "HEAD", "OPTIONS"]) {
      const { response, text, said } = await ask(method, address);
      seen.add(response.status);
      expect({ said, faults: faultsOf(response, text) }).toEqual({ said, faults: [] });
    }
  }
  for (const status of [200, 401, 403, 404]) expect(seen).toContain(status);
  expect(await readAll()).toBe(before);
});

test("of what is there everybody sees all but what asks for a token", async () => {
  const read = routes.filter(({ method, path }) => method === "GET" && !path.endsWith("*"));
  const answers = await Promise.all(read.map(({ path }) => ask("GET", addressOf(path, there))));
  expect(answers.flatMap(({ said, response: { ok } }) => (ok ? [] : [said])).toSorted()).toEqual([
    "GET /ledger/backfills 403",
    "GET /metrics 401",
  ]);
  expect(answers.map(({ text }) => text).join()).not.toContain("redrive");
});

test("whoever shows no token and no signature changes nothing, by whatever method", async () => {
  const before = await readAll();
  for (const address of addresses) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const { response, text, said } = await ask(method, address);
      expect({ said, isRefused: response.status >= 400 && response.status < 500 }).toEqual({ said, isRefused: true });
      expect({ said, faults: faultsOf(response, text) }).toEqual({ said, faults: [] });
    }
  }
  expect(await readAll()).toBe(before);
});

test("what goes wrong on our side is answered as strictly", async () => {
  await sql`alter table installations rename to hidden`.execute(database.query);
  const { response, text, said } = await ask("GET", "/acme/tides");
  await sql`alter table hidden rename to installations`.execute(database.query);
  expect(said).toBe("GET /acme/tides 500");
  expect(faultsOf(response, text)).toEqual([]);
});
