import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { type Play, play } from "./play.ts";

/** Where a PostgreSQL server is looked for, as in the tests. */
const server = process.env["TEST_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "10" },
    chapters: { type: "string", default: "8" },
    seed: { type: "string", default: "1" },
  },
});
const given = { kills: Number(values.kills), chapters: Number(values.chapters), seed: Number(values.seed) };
if (Object.values(given).some((value) => !Number.isInteger(value) || value < 0)) {
  process.stderr.write("usage: npm run test:chaos -- [--kills 10] [--chapters 8] [--seed 1]\n");
  process.exit(2);
}

const wanted = await timed("undisturbed, embedded", { ...given, kills: 0, databaseUrl: null, processes: 1 });
compare(wanted, await timed("embedded", { ...given, databaseUrl: null, processes: 1 }));
const url = await createDatabase();
if (url === null) {
  process.stdout.write(`no PostgreSQL at ${server}: it was not tried there\n`);
} else {
  try {
    compare(wanted, await timed("PostgreSQL, three processes", { ...given, databaseUrl: url, processes: 3 }));
  } finally {
    await onServer(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
  }
}

async function timed(name: string, wish: Omit<Play, "say">): Promise<string[]> {
  const say = (line: string): void => void process.stdout.write(`${name}: ${line}\n`);
  const begun = performance.now();
  const outcome = await play({ ...wish, say });
  say(`${outcome.length} lines of outcome, ${Math.round((performance.now() - begun) / 1000)} s`);
  return outcome;
}

/** Says what is only in one of two outcomes, and has the process fail where there is anything. */
function compare(one: readonly string[], other: readonly string[]): void {
  const lost = without(one, other);
  const added = without(other, one);
  for (const line of lost) process.stdout.write(`- ${line}\n`);
  for (const line of added) process.stdout.write(`+ ${line}\n`);
  if (lost.length + added.length > 0) process.exitCode = 1;
  else process.stdout.write("It comes to the same.\n");
}

/** The lines of one that are not in the other, as often as they are there more. */
function without(one: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return one.filter((line) => {
    const place = left.indexOf(line);
    if (place !== -1) left.splice(place, 1);
    return place === -1;
  });
}

async function createDatabase(): Promise<string | null> {
  const name = `chaos_${randomUUID().replaceAll("-", "")}`;
  try {
    await onServer(`create database ${name}`);
    return `${server}/${name}`;
  } catch {
    // Told by the caller.
    return null;
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
