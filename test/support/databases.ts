import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { Client } from "pg";
import { afterAll, describe } from "vitest";
import { type Database, openDatabase } from "../../src/store/open-database.ts";
import { openInMemory } from "./open-in-memory.ts";

/** Where a server is looked for; the tests make and drop databases of their own there. */
const server = process.env["TEST_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432";

/** Opens databases that nobody has used, one per call. */
export interface FreshDatabases {
  readonly open: () => Promise<Database>;
  /** Another connection to the newest of them, as another process has; null where only one process may. */
  readonly openAgain: (() => Promise<Database>) | null;
}

/** Runs a suite on PGlite, and on a PostgreSQL server where there is one. */
export async function describeDatabases(name: string, suite: (databases: FreshDatabases) => void): Promise<void> {
  describe(`${name}, on PGlite`, () => {
    const opened: Database[] = [];
    suite({
      open: async () => {
        const database = await openInMemory();
        opened.push(database);
        return database;
      },
      openAgain: null,
    });
    afterAll(() => closeAll(opened));
  });
  if (!(await isReachable())) {
    process.stdout.write(`no PostgreSQL at ${server}: ${name} ran on PGlite only\n`);
    return;
  }
  describe(`${name}, on PostgreSQL`, () => {
    const opened: Database[] = [];
    const names: string[] = [];
    async function connect(): Promise<Database> {
      const database = await openDatabase({ url: `${server}/${names.at(-1)}`, folder: null });
      opened.push(database);
      return database;
    }
    suite({
      open: async () => {
        const fresh = `test_${randomUUID().replaceAll("-", "")}`;
        await onServer(`create database ${fresh}`);
        names.push(fresh);
        return connect();
      },
      openAgain: connect,
    });
    afterAll(async () => {
      await closeAll(opened);
      for (const each of names) await onServer(`drop database ${each} with (force)`);
    });
  });
}

/** Waits until one of a server's connections to this database waits for another. */
export async function untilSomebodyWaits({ query }: Pick<Database, "query">): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    `.execute(query);
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function closeAll(databases: readonly Database[]): Promise<void> {
  for (const database of databases) await database.close();
}

async function isReachable(): Promise<boolean> {
  try {
    await onServer("select 1");
    return true;
  } catch {
    // Told by the caller: these tests then run on PGlite alone.
    return false;
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: `${server}/postgres`, connectionTimeoutMillis: 2000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
