import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { startRoutines } from "../../src/jobs/start-routines.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import { migrations } from "../../src/store/migrations.ts";
import { commitTo } from "../support/commit-to.ts";
import { describeDatabases } from "../support/databases.ts";
import { by } from "../support/graphql-sandbox.ts";
import { silent } from "../support/jobs.ts";
import { makeGitHub } from "../support/make-github.ts";
import { type SecondApp, startSecondApp } from "../support/start-second-app.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";

const sandbox = await startTestSandbox({}, afterAll);
const { forge, acme, ada, grace } = sandbox;
const granted = {
  checks: "write",
  contents: "read",
  issues: "write",
  metadata: "read",
  pull_requests: "write",
} as const;
const { installation, options } = await makeGitHub(sandbox, { granted });
const credentials = {
  appId: String(options.appId),
  privateKey: options.privateKey,
  webhookSecrets: ["secret"],
  apiUrl: forge.api,
};
const repository = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));
const pulls: PullRequest[] = [];
for (const branch of ["one", "two", "three"]) {
  for (const author of [ada, grace])
    await commitTo(forge, repository, { branch, author, message: `By ${author.login}` });
  pulls.push(await openPull(forge, { repository, title: branch, body: null, head: branch, base: "main" }, by(ada)));
}

async function lookAtAll({ app: { deps }, placeOf }: SecondApp): Promise<void> {
  for (const { issue } of pulls) {
    await deps.enqueue({ kind: "pull request", ...placeOf(repository), number: issue.number });
  }
}

await describeDatabases("several processes", ({ open, openAgain }) => {
  test("what is done now and then is done by one of them, each time that it is due", async () => {
    const database = await open();
    let now = 0;
    const clock = (): Date => new Date(now);
    const runs: number[] = [];
    const every = 60_000;
    for (const [minute, isDue] of [
      [0, true],
      [0.5, false],
      [1, true],
      [1.5, false],
      [3, true],
    ] as const) {
      now = minute * every;
      const ran = Promise.withResolvers<void>();
      const run = async (): Promise<void> => {
        runs.push(minute);
        ran.resolve();
      };
      const routines = [{ name: "look", every, atStart: false, run }];
      const processes = [1, 2, 3].map(() => startRoutines({ database, clock, log: silent, routines }));
      if (isDue) await ran.promise;
      for (const { stop } of processes) await stop();
    }
    expect(runs).toEqual([0, 1, 3]);
  });

  if (openAgain === null) return;

  test("three that start at once make the tables once", async () => {
    const { query } = await open();
    for (const schema of ["public", "pgboss"])
      await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(query);
    await sql`create schema public`.execute(query);
    const databases = await Promise.all([1, 2, 3].map(openAgain));
    await Promise.all(databases.map((database) => startSecondApp({ forge, installation, credentials }, { database })));
    const { rows } = await sql`select name from kysely_migration`.execute(query);
    expect(rows).toHaveLength(Object.keys(migrations).length);
  });

  test("a pull request is looked at by one of them at a time, and a rolling restart under load loses nothing", async () => {
    const databases = [await open(), await openAgain(), await openAgain()];
    const apps = await Promise.all(
      databases.map((database) => startSecondApp({ forge, installation, credentials }, { database })),
    );
    const all = [...apps];
    for (const [index, database] of databases.entries()) {
      await Promise.all(apps.map(lookAtAll));
      await apps[index]?.app.stop();
      const next = await startSecondApp({ forge, installation, credentials }, { database });
      apps[index] = next;
      all.push(next);
    }
    await Promise.all(apps.map(lookAtAll));
    await apps[0]?.idle();
    const comments = pulls.map(({ issue }) => issue.comments.length);
    expect(comments).toEqual([1, 1, 1]);
    const created = all.flatMap(({ requests }) => requests.filter(({ route }) => route.endsWith("/comments")));
    expect(created.filter(({ method }) => method === "POST")).toHaveLength(3);
    expect(all.flatMap(({ complaints }) => complaints)).toEqual([]);
  }, 180_000);
});
