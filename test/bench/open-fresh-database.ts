import { Client } from "pg";
import { type Database, openDatabase } from "../../src/store/open-database.ts";

/** A database that nobody has used: on the server at `url`, which it is taken away from at the end, or on PGlite. */
export async function openFreshDatabase(
  url: string | null,
  folder: string | null = null,
): Promise<{ readonly database: Database; readonly close: () => Promise<void> }> {
  if (url === null) {
    const database = await openDatabase({ url, folder });
    return { database, close: database.close };
  }
  const name = `bench_${process.pid}_${Date.now()}`;
  await onServer(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const database = await openDatabase({ url: own.href, folder: null });
  return {
    database,
    close: async () => {
      await database.close();
      await onServer(url, `drop database ${name} with (force)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
