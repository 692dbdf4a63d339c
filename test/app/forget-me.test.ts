import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { createPerson } from "../../src/sandbox/actions/accounts.ts";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { closeIssue, openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { addReview } from "../../src/sandbox/actions/reviews.ts";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, grace, app, installation, quiet, commentsOn, logged } = await startTestApp(afterAll);
const lamarr = createPerson(forge, { login: "lamarr-7", name: "Lamarr Pattern", addresses: ["lamarr@example.com"] });
const repository = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));

async function propose(branch: string, message: string): Promise<Issue> {
  await commitTo(forge, repository, { branch, author: ada, message });
  const { issue } = await openPull(
    forge,
    { repository, title: branch, body: null, head: branch, base: "main" },
    by(ada),
  );
  await quiet();
  return issue;
}

/** Everything in the database, the queue's tables among it, by table. */
async function dump(): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const { query } = app.deps.database;
  const { rows: tables } = await sql<{ name: string }>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`.execute(query);
  const all = new Map<string, readonly unknown[]>();
  for (const { name } of tables) all.set(name, (await sql`select * from ${sql.raw(name)}`.execute(query)).rows);
  return all;
}

test("after forget-me nothing that is kept or logged tells of somebody, whatever they still do", async () => {
  const before = await propose("before", "Count\n\nCo-authored-by: Lamarr Pattern <lamarr@example.com>");
  await addComment(forge, { issue: before, body: "/credit @lamarr-7 for mentoring @grace" }, by(ada));
  await addComment(forge, { issue: before, body: "/credit @grace for mentoring @lamarr-7" }, by(ada));
  const report = await openIssue(forge, { repository, title: "Off by an hour", body: null }, by(lamarr));
  await closeIssue(forge, { issue: report }, by(ada));
  if (before.pull !== null) await addReview(forge, { pull: before.pull, body: "Good", verdict: "APPROVE" }, by(lamarr));
  await quiet();
  expect(commentsOn(before)[0]).toContain("Lamarr Pattern");
  expect(JSON.stringify([...(await dump()).values()])).toContain("Lamarr Pattern");

  await addComment(forge, { issue: report, body: "/credit forget-me" }, by(lamarr));
  await quiet();
  expect(commentsOn(before)[0]).not.toContain("Lamarr Pattern");

  const after = await propose("after", "Chart\n\nCo-authored-by: Lamarr Pattern <lamarr@example.com>");
  if (after.pull !== null) {
    await addReview(forge, { pull: after.pull, body: "Again", verdict: "APPROVE" }, by(lamarr));
    await mergePull(forge, { pull: after.pull, method: "merge" }, by(ada));
  }
  await commitTo(forge, repository, { branch: "main", author: lamarr, message: "On my own" });
  await quiet();
  const { owner, name, id: repositoryId } = repository;
  await app.deps.enqueueBackfill({ installationId: installation.id, repositoryId, owner: owner.login, name });
  await quiet();

  const kept = await dump();
  for (const text of ["lamarr", "Pattern", "lamarr@example.com"]) {
    for (const [table, rows] of kept) {
      expect(`${table}: ${JSON.stringify(rows).toLowerCase()}`).not.toContain(text.toLowerCase());
    }
    expect(JSON.stringify(logged).toLowerCase()).not.toContain(text.toLowerCase());
  }
  const isTheirs = ([column, value]: [string, unknown]): boolean =>
    column.endsWith("account_id") && Number(value) === lamarr.id;
  for (const [table, rows] of kept) {
    expect([table, rows.filter((row) => Object.entries(row as object).some(isTheirs))]).toEqual([table, []]);
  }
  expect(kept.get("public.forgotten")).toHaveLength(1);
  // Others keep what is theirs.
  expect(JSON.stringify(kept.get("public.people"))).toContain(grace.name);
});
