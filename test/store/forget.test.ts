import { sql } from "kysely";
import { expect, test } from "vitest";
import type { RunState } from "../../src/domain/playbook/run.ts";
import { rememberAddresses } from "../../src/store/addresses.ts";
import { startBackfill } from "../../src/store/backfills.ts";
import { keepConfiguration } from "../../src/store/configurations.ts";
import { addCorrections, readCorrections } from "../../src/store/corrections.ts";
import { readCredits } from "../../src/store/credits.ts";
import { receiveDeliveries } from "../../src/store/deliveries.ts";
import { rememberEarlierWork } from "../../src/store/earlier-work.ts";
import { endRun } from "../../src/store/end-run.ts";
import { forgetGone } from "../../src/store/forget-gone.ts";
import { forgetInstallation } from "../../src/store/forget-installation.ts";
import { forgetPerson } from "../../src/store/forget-person.ts";
import {
  loseInstallation,
  readInstallation,
  rememberInstallation,
  suspendInstallation,
} from "../../src/store/installations.ts";
import { noteMissing } from "../../src/store/missing-deliveries.ts";
import type { Database } from "../../src/store/open-database.ts";
import { hidePerson } from "../../src/store/people.ts";
import { changeRun, countUse, forgetRuns, keepPlan, type NewRun, readRun } from "../../src/store/playbook-runs.ts";
import { rememberPullRequest } from "../../src/store/pull-requests.ts";
import { rememberRelease } from "../../src/store/releases.ts";
import { loseRepository, rememberRepository } from "../../src/store/repositories.ts";
import { readJournal, writeJournal } from "../../src/store/run-journal.ts";
import { settleTallies } from "../../src/store/settle-tallies.ts";
import { rememberTold } from "../../src/store/told.ts";
import { readUnlisted } from "../../src/store/unlisted.ts";
import { describeDatabases, untilSomebodyWaits } from "../support/databases.ts";
import {
  account,
  ada,
  addRepositories,
  credit,
  entry,
  grace,
  hash,
  hedy,
  inTransaction,
  joan,
  march,
  pullRequest,
} from "../support/ledger.ts";
import { smallRun } from "../support/make-run.ts";

const adaAsPlanned = { id: 101, login: "ada", name: "Ada Example" };
const graceAsPlanned = { id: 102, login: "grace", name: "Grace Sample" };
const day = 24 * 60 * 60 * 1000;

/** An installation with a row in every table that can hold one of its. */
async function fill(database: Database, installationId: number): Promise<void> {
  const key = { installationId, repositoryId: 10, subject: pullRequest(1) };
  await addRepositories(database, installationId);
  await credit(database, key.subject, {
    entries: [entry(ada, { role: "mentor", mentees: [grace] }), entry(grace)],
    installationId,
  });
  await credit(database, { kind: "commit", sha: "c1" }, { entries: [entry(ada)], installationId });
  await credit(database, pullRequest(2), { entries: [entry(ada)], repositoryId: 11, installationId });
  await credit(database, pullRequest(4), {
    entries: [entry(hedy, { role: "mentor", mentees: [ada] })],
    installationId,
  });
  const said = {
    commentId: 5,
    name: null,
    action: "credit",
    role: "tester",
    mentee: null,
    url: "u",
    madeAt: march(1),
  } as const;
  await keepConfiguration(database, { ...key, text: "credit: {}" });
  await rememberRelease(database, key, { id: 7, tag: "v1", isDraft: false, range: "v1", works: [], publishedAt: null });
  await rememberTold(database, key, { thing: "edited 7", now: march(1) });
  await run(database, smallRun(`run of ${installationId}`, adaAsPlanned, { installationId }), "incomplete");
  await keepPlan(database, smallRun(`plan of ${installationId}`, adaAsPlanned, { installationId, commentId: 6 }));
  await inTransaction(database, async (transaction) => {
    await rememberInstallation(transaction, { installationId, accountId: 9, login: "acme" });
    await rememberAddresses(transaction, installationId, {
      addresses: [{ hash: hash.address("ada@example.com"), accountId: 101 }],
      hash,
    });
    await rememberEarlierWork(transaction, key, new Map([[101, true]]));
    await addCorrections(transaction, { ...key, subject: pullRequest(3) }, [
      { ...said, position: 0, accountId: 101, login: "ada", byAccountId: 102 },
      { ...said, position: 1, accountId: 102, login: "grace", byAccountId: 101 },
      {
        ...said,
        position: 2,
        accountId: 103,
        login: "hedy",
        byAccountId: 103,
        role: "mentor",
        mentee: { accountId: 101, login: "ada", name: null },
      },
    ]);
    const pull = {
      state: "open",
      title: "Tides",
      url: "u",
      headSha: null,
      landedSha: null,
      landedCommits: null,
    } as const;
    await rememberPullRequest(transaction, { ...key, number: 1 }, pull);
    await startBackfill(transaction, key, march(1));
    await forgetPerson(transaction, installationId, { accountId: 999, hash });
    const delivery = { id: `of-${installationId}`, event: "push", action: null, installationId, payload: "{}" };
    await receiveDeliveries(transaction, [delivery], march(1));
    const sent = { deliveryId: `lost-${installationId}`, attemptId: "1", installationId, deliveredAt: march(1) };
    await noteMissing({ query: transaction }, [sent], march(1));
  });
}

/** Keeps a run that came to its end, as its requester confirmed it. */
async function run(database: Database, asked: NewRun, state: RunState): Promise<void> {
  const { installationId, id, plan } = asked;
  const { requester } = plan;
  await keepPlan(database, asked);
  const confirmed = { from: ["planned"], state: "running", confirmedBy: requester, finishedAt: null } as const;
  await changeRun(database, { installationId, id }, confirmed);
  const cause = `${requester.login} is assigned to nothing`;
  const effect = `assignee ${requester.login}`;
  await writeJournal(database, { runId: id, entry: { effect, state: "missing", result: {}, cause }, now: march(1) });
  if (state === "running") return;
  const ended = { from: ["running"], state, cause, finishedAt: march(1) } as const;
  await changeRun(database, { installationId, id }, ended);
}

/** Something that is no part of a tally, and something that is not added up yet. */
async function fillTallies(database: Database, installationId: number): Promise<void> {
  const reported = [entry(ada, { role: "reporter" }), entry(grace, { role: "idea", day: 2 })];
  await credit(database, { kind: "issue", number: 9 }, { entries: reported, installationId });
  await settleTallies(database, installationId);
  await credit(database, pullRequest(5), { entries: [entry(ada)], installationId });
}

/** How many rows of an installation each table has that can have any. */
async function countRows(database: Database, installationId: number): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'installation_id' order by table_name
  `.execute(database.query);
  const counts: [string, number][] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(name)} where installation_id = ${installationId}
    `.execute(database.query);
    counts.push([name, rows[0]?.count ?? 0]);
  }
  return Object.fromEntries(counts);
}

await describeDatabases("forgetting", ({ open, openAgain }) => {
  test.runIf(openAgain)("who is added up while their installation is forgotten is forgotten all the same", async () => {
    const database = await open();
    await fill(database, 1);
    await credit(database, pullRequest(6), { entries: [entry(joan)], repositoryId: 12 });
    await settleTallies(database, 1);
    const shown = { id: 12, owner: "acme", name: "secrets", isPrivate: false, defaultBranch: "main" };
    await inTransaction(database, (transaction) => rememberRepository(transaction, 1, shown));
    const forgetting = await inTransaction(database, async (transaction) => {
      await settleTallies({ query: transaction }, 1);
      const begun = forgetInstallation(database, 1);
      await Promise.race([begun, untilSomebodyWaits(database)]);
      return { begun };
    });
    await forgetting.begun;
    expect(new Set(Object.values(await countRows(database, 1)))).toEqual(new Set([0]));
  });

  test("an installation is forgotten in every table that has anything of it, and no other is touched", async () => {
    const database = await open();
    await fill(database, 1);
    await fill(database, 2);
    for (const installationId of [1, 2]) await fillTallies(database, installationId);
    const before = await countRows(database, 2);
    expect(Object.keys(before).length).toBeGreaterThan(10);
    expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);
    await forgetInstallation(database, 1);
    expect(new Set(Object.values(await countRows(database, 1)))).toEqual(new Set([0]));
    expect(await countRows(database, 2)).toEqual(before);
  });

  test("a person is forgotten wherever an installation names them, and known again by a hash alone", async () => {
    const database = await open();
    await fill(database, 1);
    await fill(database, 2);
    await fillTallies(database, 1);
    const others = await countRows(database, 2);
    const touched = await inTransaction(database, (transaction) =>
      forgetPerson(transaction, 1, { accountId: 101, hash }),
    );
    const numbers = touched.map(({ repositoryId, number }) => `${repositoryId}#${number}`).toSorted();
    expect(numbers).toEqual(["10#1", "10#3", "10#4", "10#5", "11#2"]);
    for (const table of Object.keys(await countRows(database, 1))) {
      const { rows } = await sql`select * from ${sql.table(table)} where installation_id = 1`.execute(database.query);
      expect(JSON.stringify(rows)).not.toMatch(/\bada\b|Ada Example|\b101\b/);
    }
    expect(await countRows(database, 2)).toEqual(others);
    const key = { installationId: 1, repositoryId: 10, subject: pullRequest(3) };
    expect(await readCorrections(database, key)).toMatchObject([
      { accountId: 102, byAccountId: null },
      { accountId: 103, mentee: null, byAccountId: 103 },
    ]);
    const ask = (installationId: number) =>
      readUnlisted(database, installationId, { accountIds: [101, 102, 103], hash });
    expect(await ask(1)).toEqual(new Set([101]));
    expect(await ask(2)).toEqual(new Set());
  });

  test("whoever is hidden or forgotten is unlisted, so that what is written again leaves them out", async () => {
    const database = await open();
    await fill(database, 1);
    await inTransaction(database, async (transaction) => {
      await forgetPerson(transaction, 1, { accountId: 101, hash });
      await hidePerson(transaction, 1, { id: 102, login: "grace" });
      await hidePerson(transaction, 1, { id: 103, login: "hedy" });
    });
    const wanted = [ada, grace, hedy, account(104, "Joan Figure")].map((person) => entry(person));
    const accountIds = wanted.flatMap(({ person }) => person.accountId ?? []);
    const unlisted = await readUnlisted(database, 1, { accountIds, hash });
    expect(unlisted).toEqual(new Set([101, 102, 103]));
    const listed = wanted.filter(({ person }) => !unlisted.has(person.accountId ?? 0));
    await credit(database, pullRequest(1), { entries: listed });
    const key = { installationId: 1, repositoryId: 10, subject: pullRequest(1) };
    expect((await readCredits(database, key)).map(({ person }) => person.name)).toEqual(["Joan Figure"]);
    expect(await readUnlisted(database, 1, { accountIds: [], hash })).toEqual(new Set());
  });

  test("of the runs of somebody who is forgotten it stays that they were, and of others' nothing changes", async () => {
    const database = await open();
    const builtIn = { installationId: 1, sourceKey: "built-in/tide-tables" };
    await run(database, smallRun("theirs", adaAsPlanned), "incomplete");
    await run(database, smallRun("again", adaAsPlanned, { commentId: 7 }), "done");
    await run(database, smallRun("going on", adaAsPlanned, { commentId: 8 }), "running");
    await run(database, smallRun("of another", graceAsPlanned, { commentId: 9 }), "done");
    await keepPlan(database, smallRun("planned", adaAsPlanned, { commentId: 10 }));
    const others = await readRun(database, { installationId: 1, id: "of another" });
    const count = await countUse(database, builtIn);
    expect(count).toEqual({ runs: 3, teams: 2 });
    await inTransaction(database, (transaction) => forgetPerson(transaction, 1, { accountId: 101, hash }));
    const theirs = await readRun(database, { installationId: 1, id: "theirs" });
    expect(JSON.stringify(theirs)).not.toMatch(/\bada\b|Ada Example|\b101\b/);
    expect(theirs).toMatchObject({ state: "incomplete", answers: {}, confirmedBy: null, cause: null });
    expect((await readJournal(database, "theirs")).size).toBe(0);
    expect(await readRun(database, { installationId: 1, id: "planned" })).toBeNull();
    expect(await readRun(database, { installationId: 1, id: "going on" })).toMatchObject({
      plan: { requester: adaAsPlanned },
    });
    const ender = { database, hash, clock: () => march(2) };
    expect(await endRun(ender, { id: "going on", installationId: 1 }, { state: "done" })).toBe(true);
    expect(JSON.stringify(await readRun(database, { installationId: 1, id: "going on" }))).not.toMatch(
      /\bada\b|Ada Example|\b101\b/,
    );
    expect((await readJournal(database, "going on")).size).toBe(0);
    expect(await endRun(ender, { id: "of another", installationId: 1 }, { state: "failed" })).toBe(false);
    expect(await readRun(database, { installationId: 1, id: "of another" })).toEqual(others);
    expect(await countUse(database, builtIn)).toEqual({ runs: 4, teams: 2 });
  });

  test("plans that nobody confirmed are forgotten after a while, and runs are not", async () => {
    const database = await open();
    await run(database, smallRun("ran", adaAsPlanned), "done");
    await keepPlan(database, smallRun("waits", adaAsPlanned, { commentId: 7 }));
    await forgetRuns(database, new Date("2026-03-01T12:00:00Z"));
    expect(await readRun(database, { installationId: 1, id: "waits" })).not.toBeNull();
    await forgetRuns(database, new Date("2026-03-01T12:00:01Z"));
    expect(await readRun(database, { installationId: 1, id: "waits" })).toBeNull();
    expect(await readRun(database, { installationId: 1, id: "ran" })).not.toBeNull();
  });

  test("an installation that is gone is kept for thirty days, and comes back with all of its own", async () => {
    const database = await open();
    await fill(database, 1);
    await fill(database, 2);
    await suspendInstallation(database, 1);
    expect(await readInstallation(database, 1)).toEqual({ accountId: 9, login: "acme", state: "suspended" });
    for (const id of [1, 2]) await loseInstallation(database, id, march(1));
    await loseInstallation(database, 1, march(20));
    expect(await readInstallation(database, 1)).toMatchObject({ state: "gone" });
    await forgetGone(database, new Date(march(31).getTime() - 1));
    const back = { installationId: 2, accountId: 9, login: "acme-labs" };
    await inTransaction(database, (transaction) => rememberInstallation(transaction, back));
    const kept = await countRows(database, 2);
    expect(kept).toEqual(await countRows(database, 1));
    await forgetGone(database, march(31));
    expect(await readInstallation(database, 1)).toBeNull();
    expect(new Set(Object.values(await countRows(database, 1)))).toEqual(new Set([0]));
    expect(await countRows(database, 2)).toEqual(kept);
    expect(await readInstallation(database, 2)).toEqual({ accountId: 9, login: "acme-labs", state: "active" });
  });

  test("an installation of which nothing is known can be lost as well", async () => {
    const database = await open();
    await loseInstallation(database, 7, march(1));
    await suspendInstallation(database, 8);
    expect(await readInstallation(database, 7)).toEqual({ accountId: null, login: null, state: "gone" });
    expect(await readInstallation(database, 8)).toEqual({ accountId: null, login: null, state: "suspended" });
  });

  test("a repository that is gone is forgotten after thirty days, with what was known of it alone", async () => {
    const database = await open();
    await fill(database, 1);
    const key = { installationId: 1, repositoryId: 10 };
    await loseRepository(database, key, march(1));
    await loseRepository(database, key, march(9));
    await forgetGone(database, new Date(march(1).getTime() + 29 * day));
    expect(await countRows(database, 1)).toMatchObject({ repositories: 3, credits: 5 });
    await forgetGone(database, new Date(march(1).getTime() + 30 * day));
    expect(await countRows(database, 1)).toMatchObject({
      repositories: 2,
      credits: 1,
      mentorships: 0,
      corrections: 0,
      pull_requests: 0,
      backfills: 0,
      configurations: 0,
      earlier_work: 0,
      people: 2,
      addresses: 1,
      installations: 1,
    });
  });
});
