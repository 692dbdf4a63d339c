import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import { expect, test } from "vitest";
import { readCredits } from "../../src/store/credits.ts";
import { readDelivery } from "../../src/store/deliveries.ts";
import { readInstallation } from "../../src/store/installations.ts";
import { migrations } from "../../src/store/migrations.ts";
import type { Database } from "../../src/store/open-database.ts";
import { readRelations, rememberPullRequest } from "../../src/store/pull-requests.ts";
import { claimReconciliations, readReconciled } from "../../src/store/reconciliations.ts";
import { readKnownReleases, readPublishedRelease } from "../../src/store/releases.ts";
import { readSeen } from "../../src/store/repositories.ts";
import { settleTallies } from "../../src/store/settle-tallies.ts";
import { wasTold } from "../../src/store/told.ts";
import { describeDatabases } from "../support/databases.ts";
import { ada, addRepositories, credit, entry, grace, inTransaction, promised, pullRequest } from "../support/ledger.ts";

/** Brings the tables to where the given migrations lead. */
async function migrate({ query }: Database, names: readonly string[]): Promise<void> {
  const chosen = Object.fromEntries(Object.entries(migrations).filter(([name]) => names.includes(name)));
  const migrator = new Migrator({ db: query, provider: { getMigrations: async () => chosen } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Rows as the first tables have them. */
const before = [
  "insert into repositories values (1, 10, 'acme', 'tides', false, 'main'), (2, 10, 'other', 'tides', true, 'main')",
  "insert into people values (1, 101, 'ada')",
  "insert into pull_requests values (1, 10, 7, 'merged', 'Tides', 'u', null, null)",
  `insert into credits values
    (1, 10, 7, 'account:101', 101, 'Ada Example', 'reporter', '12', false, 'landed', 'issue', 'u12', '#12'),
    (1, 10, 7, 'account:101', 101, 'Ada Example', 'reporter', '13', false, 'landed', 'issue', 'u13', null),
    (1, 10, 7, 'account:101', 101, 'Ada Example', 'author', '', false, 'landed', 'commit', 'c', 'c1'),
    (1, 10, 7, 'name:Joan Figure', null, 'Joan Figure', 'co-author', '', false, 'lost', 'commit', 'c', 'c1'),
    (1, 10, 7, 'name:Copilot', null, 'Copilot', 'co-author', '', true, 'landed', 'commit', 'c', 'c1'),
    (1, 10, 8, 'account:101', 101, 'Ada Example', 'author', '', false, 'promised', 'commit', 'c', 'c1'),
    (2, 10, 7, 'account:102', 102, 'Grace Sample', 'author', '', false, 'promised', 'commit', 'c', 'c1')`,
];

const noon = "'2026-03-01T12:00:00Z'";

/** Rows as the app wrote them while each was the newest. */
const rowsOf: Readonly<Record<string, readonly string[]>> = {
  "001-first-tables": [
    `insert into deliveries values
      ('first', 'push', null, 1, '{}', 'received', null, 0, ${noon}, null, null),
      ('second', 'push', null, 1, null, 'done', null, 1, ${noon}, ${noon}, null)`,
    "insert into repositories values (1, 10, 'acme', 'tides', false, 'main')",
    "insert into people values (1, 101, 'ada')",
    "insert into pull_requests values (1, 10, 7, 'merged', 'Tides', 'u', 'h', 'l')",
    `insert into credits values
      (1, 10, 7, 'account:101', 101, 'Ada Example', 'author', '', false, 'landed', 'commit', 'c', 'c1')`,
    "insert into configurations values (1, 10, 'comment: true')",
  ],
  "002-ledger": [
    `insert into mentorships values
      (1, 10, 'pull request', '7', 'account:102', 102, 'Grace', 'account:101', 101, 'Ada', ${noon}, 'u')`,
    `insert into corrections values
      (1, 10, 'pull request', '7', 5, 0, 'credit', 102, 'grace', 'tester', null, null, 101, 'u', ${noon})`,
    "insert into earlier_work values (1, 10, 101, true)",
    "insert into addresses values (1, 'hash', 101)",
    "insert into forgotten values (1, 'hash')",
    "insert into keys values ('ledger', 'fingerprint')",
    `insert into backfills values
      (1, 10, 'done', null, null, 1, 1, 1, ${noon}, ${noon}, ${noon}, null)`,
  ],
  "003-default-branch": ["update repositories set settings_tree = 'tree', seen_sha = 'seen'"],
  "004-landed-commits": ["update pull_requests set landed_commits = 1"],
  "005-relations": ["update pull_requests set backport_of = '{3}'"],
  "006-releases": [
    "insert into releases values (1, 10, 70, 'v1.0.0', false, 'v1.0.0', '[]')",
    `insert into told values (1, 10, 'edited 70', ${noon})`,
  ],
  "007-never-lost": [
    `insert into routines values ('sweep deliveries', ${noon})`,
    `insert into delivery_logs values ('1', ${noon}, null, null)`,
    `insert into missing_deliveries values ('third', '1', 1, ${noon}, 0, ${noon})`,
  ],
  "008-playbooks": [
    `insert into playbook_runs values
      ('run', 1, 10, 7, 0, 'hash', '{}', '{}', 'planned', 'built-in/tides', 'account 101', 101, null, null, null, null,
        ${noon}, null)`,
    "insert into playbook_effects values ('run', 'repository', 'begun', '{}', null, now())",
  ],
  "009-release-states": [
    "insert into releases values (1, 10, 71, 'v1.1.0', false, 'v1.0.0..v1.1.0', '[]', 'published v1.1.0 at 4f2a91c0', null)",
  ],
  "010-tallies": [
    "update credits set counted_at = counted_at + interval '1 day'",
    "insert into uneven_works values (1, 10, 'issue', '9')",
  ],
};

await describeDatabases("the tables' history", ({ open }) => {
  test("what the first tables hold is in the ledger, one credit for each person and role", async () => {
    const database = await open();
    await sql`drop schema public cascade`.execute(database.query);
    await sql`create schema public`.execute(database.query);
    await migrate(database, ["001-first-tables"]);
    for (const statement of before) await sql.raw(statement).execute(database.query);
    await migrate(database, ["001-first-tables", "002-ledger"]);

    const read = (installationId: number, number: number) =>
      readCredits(database, { installationId, repositoryId: 10, subject: { kind: "pull request", number } });
    const evidence = [{ kind: "commit", url: "c", label: "c1" }];
    const counts = { countedAt: expect.any(Date), isAssistant: false, mentees: [], evidence };
    expect(await read(1, 7)).toEqual([
      { ...counts, person: ada, role: "author", state: "landed" },
      {
        ...counts,
        person: ada,
        role: "reporter",
        state: "landed",
        evidence: [
          { kind: "issue", url: "u12", label: "#12" },
          { kind: "issue", url: "u13", label: "" },
        ],
      },
      {
        ...counts,
        person: { key: "assistant:Copilot", accountId: null, name: "Copilot" },
        role: "co-author",
        state: "landed",
        isAssistant: true,
      },
      {
        ...counts,
        person: { key: "name:Joan Figure", accountId: null, name: "Joan Figure" },
        role: "co-author",
        state: "lost",
      },
    ]);
    expect(await read(1, 8)).toMatchObject([{ person: ada, state: "promised", countedAt: null }]);
    expect(await read(2, 7)).toMatchObject([{ person: { accountId: 102 } }]);
    expect(await readInstallation(database, 2)).toEqual({ accountId: null, login: "other", state: "active" });
    const people = await database.query.selectFrom("people").selectAll().execute();
    expect(people).toEqual([{ installation_id: 1, account_id: 101, login: "ada", name: null, is_hidden: false }]);
    const repositories = await database.query.selectFrom("repositories").select(["gone_at", "history_state"]).execute();
    expect(repositories).toEqual([0, 1].map(() => ({ gone_at: null, history_state: "none" })));
  });

  test("a pull request that was there before says nothing of others until it is read again", async () => {
    const database = await open();
    await sql`drop schema public cascade`.execute(database.query);
    await sql`create schema public`.execute(database.query);
    const earlier = Object.keys(migrations).filter((name) => name < "005");
    await migrate(database, earlier);
    await sql`insert into pull_requests values (1, 10, 7, 'merged', 'Tides', 'u', 'h', 'l', 1)`.execute(database.query);
    await migrate(database, [...earlier, "005-relations"]);

    const key = { installationId: 1, repositoryId: 10 };
    expect(await readRelations(database, key, [7, 8])).toEqual(new Map([[7, { backportOf: [], reverts: [] }]]));
    const pull = { state: "merged", title: "Tides", url: "u", headSha: "h", landedSha: "l", landedCommits: 1 } as const;
    const relations = { backportOf: [3], reverts: [4, 999_999_999] };
    await inTransaction(database, async (transaction) => {
      await rememberPullRequest(transaction, { ...key, number: 7 }, { ...pull, relations });
      await rememberPullRequest(transaction, { ...key, installationId: 2, number: 8 }, { ...pull, relations });
    });
    expect(await readRelations(database, key, [7, 8])).toEqual(new Map([[7, relations]]));
    expect(await readRelations(database, key, [])).toEqual(new Map());
    await inTransaction(database, (transaction) => rememberPullRequest(transaction, { ...key, number: 7 }, pull));
    expect(await readRelations(database, key, [7])).toEqual(new Map([[7, { backportOf: [], reverts: [] }]]));
  });

  test("rows of every age are there after all that was done to the tables, and are read as they were meant", async () => {
    const database = await open();
    await sql`drop schema public cascade`.execute(database.query);
    await sql`create schema public`.execute(database.query);
    const names = Object.keys(migrations);
    expect(Object.keys(rowsOf)).toEqual(names);
    for (const [index, name] of names.entries()) {
      await migrate(database, names.slice(0, index + 1));
      for (const statement of rowsOf[name] ?? []) await sql.raw(statement).execute(database.query);
    }

    const key = { installationId: 1, repositoryId: 10 };
    const { rows: tables } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_name not like 'kysely%'
    `.execute(database.query);
    for (const { name } of tables) {
      const { rows } = await sql<object>`select * from ${sql.table(name)}`.execute(database.query);
      expect([name, rows.length]).not.toEqual([name, 0]);
    }
    expect(await readDelivery(database, "first")).toMatchObject({ event: "push", payload: "{}" });
    expect(await readCredits(database, { ...key, subject: { kind: "pull request", number: 7 } })).toMatchObject([
      { person: { key: "account:101", name: "Ada Example" }, role: "author", state: "landed" },
    ]);
    expect(await readRelations(database, key, [7])).toEqual(new Map([[7, { backportOf: [3], reverts: [] }]]));
    expect(await readSeen(database, key)).toBe("seen");
    expect(await readReconciled(database, key)).toEqual(new Date("2026-03-01T12:00:00Z"));
    expect(await readPublishedRelease(database, key, "v1.0.0")).toMatchObject({ id: 70, range: "v1.0.0", works: [] });
    // How it was is not known of a release from before, so that it is left alone until it is otherwise.
    expect(await readKnownReleases(database, key)).toEqual([
      { id: 70, tag: "v1.0.0", state: null },
      { id: 71, tag: "v1.1.0", state: "published v1.1.0 at 4f2a91c0" },
    ]);
    expect(await wasTold(database, key, "edited 70")).toBe(true);
    const claimed = await claimReconciliations(database, { now: new Date(), every: 1000, most: 10 });
    expect(claimed).toEqual([{ ...key, owner: "acme", name: "tides" }]);
  });

  test("what the ledger holds is added up for whoever looks next", async () => {
    const database = await open();
    await addRepositories(database);
    await credit(database, pullRequest(1), { entries: [entry(ada), entry(grace), entry(grace, { role: "reviewer" })] });
    await credit(database, pullRequest(2), { entries: [entry(ada, { day: 3 })], repositoryId: 12 });
    await credit(database, pullRequest(3), { entries: [promised(grace), entry(ada)] });
    await credit(database, { kind: "issue", number: 4 }, { entries: [entry(ada), entry(grace, { day: 5 })] });
    await settleTallies(database, 1);
    const wanted = await readTallies(database);
    expect(wanted.map((rows) => rows.length).every((length) => length > 0)).toBe(true);

    for (const table of talliesTables) await sql`drop table ${sql.table(table)}`.execute(database.query);
    await sql`drop function note_credit_changes cascade`.execute(database.query);
    await sql`drop function merge_days`.execute(database.query);
    await sql`delete from kysely_migration where name >= '010'`.execute(database.query);
    await migrate(database, Object.keys(migrations));
    expect(await readTallies(database)).toEqual(wanted);
    await credit(database, pullRequest(5), { entries: [entry(ada)] });
    expect(await database.query.selectFrom("credit_changes").selectAll().execute()).toHaveLength(1);
  });
});

const talliesTables = ["credit_changes", "tallies", "tally_days", "uneven_works", "tallied_repositories"] as const;

/** All that is added up, in one order. */
function readTallies({ query }: Database): Promise<string[][]> {
  return Promise.all(
    talliesTables.slice(1).map(async (table) => {
      const { rows } = await sql<{
        readonly row: string;
      }>`select ${sql.table(table)}::text as row from ${sql.table(table)}`.execute(query);
      return rows.map(({ row }) => row).toSorted();
    }),
  );
}
