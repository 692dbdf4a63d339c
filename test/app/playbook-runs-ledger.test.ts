import { afterAll, beforeAll, expect, test } from "vitest";
import type { Deps } from "../../src/app/deps.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { createRelease } from "../../src/sandbox/actions/releases.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { findRepository } from "../../src/sandbox/model/state.ts";
import { forgetPerson } from "../../src/store/forget-person.ts";
import { createMetrics } from "../../src/web/watch/create-metrics.ts";
import { by } from "../support/graphql-sandbox.ts";
import { inTransaction } from "../support/ledger.ts";
import { builtIn, confirm, requireRun } from "../support/playbook-runs.ts";
import { startTestApp, type TestApp } from "../support/start-test-app.ts";

let started: TestApp;
const metrics = createMetrics(() => new Date());
/** Routes at which the app fails for good, by a bug of its own. */
const bugs = new Set<string>();

beforeAll(async () => {
  started = await startTestApp(afterAll, {
    metrics,
    wait: async () => {},
    retries: { limit: 1, seconds: 0 },
    onRequest: ({ route }) => {
      if (bugs.has(route)) throw new Error("a bug");
    },
  });
});

/** Has a playbook of Ada's and Hedy's used by Grace, by the queue, from the events that it makes to the last look. */
async function use(name: string) {
  const { app, forge, acme, ada, grace, hedy, installation, quiet } = started;
  const home = await createRepository(forge, { owner: acme, name: `home-of-${name}`, private: true }, by(ada));
  const issue = await openIssue(forge, { repository: home, title: "Ours", body: "" }, by(grace));
  const playbook = await builtIn("oss-library");
  const authors = [ada, hedy].map(({ id, login, name: called }) => ({
    id,
    login,
    ...(called !== null && { name: called }),
  }));
  const more = { manifest: { ...playbook.manifest, authors } };
  await quiet();
  const wish = { playbook, answers: `name=${name}`, requester: grace, more };
  const { id } = await confirm(app.deps, wish, { installationId: installation.id, issue, confirmedBy: ada });
  await app.deps.enqueueRun({ installationId: installation.id, runId: id });
  await quiet();
  return { id, issue };
}

async function creditsIn({ database }: Deps, repositoryId: number): Promise<string[]> {
  const rows = await database.query
    .selectFrom("credits")
    .select(["display_name", "role", "account_id"])
    .where("repository_id", "=", repositoryId)
    .where("counted_at", "is not", null)
    .where("account_id", "is not", null)
    .execute();
  return rows.map(({ display_name, role, account_id }) => `${display_name} ${role} ${account_id}`).toSorted();
}

test("whoever asked and the playbook's authors have credit in the new repository, its first issue and its releases", async () => {
  const { app, forge, ada, grace, hedy, quiet } = started;
  const { id, issue } = await use("moons");
  expect(started.commentsOn(issue)).toEqual([expect.stringContaining("acme/moons is ready")]);
  expect((await requireRun(app.deps, { installationId: started.installation.id, id })).state).toBe("done");
  const repository = findRepository(forge.state, "acme", "moons");
  if (repository === null) throw new Error("there is no repository");
  expect(await creditsIn(app.deps, repository.id)).toEqual([
    `Ada Example playbook ${ada.id}`,
    `Grace Sample co-author ${grace.id}`,
    `Hedy Instance playbook ${hedy.id}`,
  ]);
  const first = repository.issues.get(1);
  const link = (login: string, name: string): string => `[${name}](${forge.web}/${login})`;
  expect(first?.body).toContain(
    `<sub>Made with the playbook oss-library v1.0.0 by ${link("ada", "Ada Example")}, ${link("hedy", "Hedy Instance")}.</sub>`,
  );
  const release = await createRelease(forge, { repository, tagName: "v1.0.0", name: "First", body: "" }, by(ada));
  await quiet();
  expect(release.body).toContain(`**Wrote it:** ${link("grace", "Grace Sample")}`);
  const makers = `${link("ada", "Ada Example")}, ${link("hedy", "Hedy Instance")}`;
  expect(release.body).toContain(`**Shared a playbook:** ${makers}`);
  expect(release.body).not.toContain("With help from");
  const tally: unknown = await (await app.http.request("/api/tally/acme/moons")).json();
  expect(tally).toMatchObject({
    people: [
      { id: ada.id, roles: { playbook: 1 } },
      { id: grace.id, roles: { "co-author": 1 } },
      { id: hedy.id, roles: { playbook: 1 } },
    ],
  });
  expect(await metrics.tell(null)).toMatch(/curtain_call_playbook_runs_total\{state="done"\} 1/);
});

test("a run that no try is left for has failed, with what to quote, and can be tried again", async () => {
  const { app, complaints } = started;
  bugs.add("/repos/{owner}/{repo}/milestones");
  const { id, issue } = await use("stars");
  const failed = await requireRun(app.deps, { installationId: started.installation.id, id });
  expect(failed).toMatchObject({
    state: "failed",
    cause: expect.stringMatching(/^Something went wrong on our side \(ref [0-9A-Z]{4}-[0-9A-Z]{2}\)\.$/),
  });
  expect(started.commentsOn(issue)[0]).toContain(failed.cause);
  expect(complaints).not.toEqual([]);
});

test("an author of the playbook who asked to be forgotten stays so, whoever uses it", async () => {
  const { app, forge, ada, installation } = started;
  const { database, hash } = app.deps;
  const known = () =>
    database.query.selectFrom("people").select("account_id").where("account_id", "=", ada.id).execute();
  expect(await known()).toHaveLength(1);
  await inTransaction(database, (transaction) =>
    forgetPerson(transaction, installation.id, { accountId: ada.id, hash }),
  );
  bugs.clear();
  const { id } = await use("comets");
  expect((await requireRun(app.deps, { installationId: started.installation.id, id })).state).toBe("done");
  expect(await known()).toEqual([]);
  const repository = findRepository(forge.state, "acme", "comets");
  const credits = await creditsIn(app.deps, repository?.id ?? 0);
  expect(credits).toHaveLength(2);
  expect(credits.join()).not.toContain("Ada");
});
