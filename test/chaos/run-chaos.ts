import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { differencesOf } from "./differences.ts";
import { startOwnServer } from "./own-server.ts";
import { type Play, type Played, play } from "./play.ts";

/** Where a PostgreSQL server is looked for, as in the tests, where none can be started. */
const shared = process.env["TEST_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "10" },
    stops: { type: "string", default: "3" },
    chapters: { type: "string", default: "8" },
    seed: { type: "string", default: "1" },
  },
});
const { stops, ...given } = {
  stops: Number(values.stops),
  kills: Number(values.kills),
  chapters: Number(values.chapters),
  seed: Number(values.seed),
};
if ([stops, ...Object.values(given)].some((value) => !Number.isInteger(value) || value < 0)) {
  process.stderr.write("usage: npm run test:chaos -- [--kills 10] [--stops 3] [--chapters 8] [--seed 1]\n");
  process.exit(2);
}

// Whoever ends it ends what it started with it.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

const alone = { ...given, databaseUrl: null, processes: 1, server: null, stops: 0 };
// Both wait for much of the time.
const [wanted, embedded] = await Promise.all([
  timed("undisturbed, embedded", { ...alone, kills: 0 }),
  timed("embedded", alone),
]);
await compare(wanted, embedded);
await tryOnServer();
await rm(wanted.folder, { recursive: true, force: true });

/** On a server of its own, which is stopped now and then; else on the one that is there, which is others' too. */
async function tryOnServer(): Promise<void> {
  const own = await startOwnServer();
  const isOwn = "url" in own;
  if (!isOwn) process.stdout.write(`no PostgreSQL can be started (${own.missing}): it is not stopped in between\n`);
  const server = isOwn ? own.url : shared;
  try {
    const databaseUrl = await createDatabase(server);
    if (databaseUrl === null) {
      process.stdout.write(`no PostgreSQL at ${server}: it was not tried there\n`);
      return;
    }
    const withServer = { ...given, databaseUrl, processes: 3, server: isOwn ? own : null, stops: isOwn ? stops : 0 };
    try {
      await compare(wanted, await timed("PostgreSQL, three processes", withServer));
    } finally {
      await onServer(server, `drop database ${new URL(databaseUrl).pathname.slice(1)} with (force)`);
    }
  } finally {
    if (isOwn) await own.end();
  }
}

async function timed(name: string, wish: Omit<Play, "say">): Promise<Played> {
  const say = (line: string): void => void process.stdout.write(`${name}: ${line}\n`);
  const begun = performance.now();
  const played = await play({ ...wish, say });
  say(`${played.outcome.length} lines of outcome, ${Math.round((performance.now() - begun) / 1000)} s`);
  return played;
}

/** Says in what a play differs from the undisturbed one, and has the process fail where it does. */
async function compare(undisturbed: Played, { outcome, folder }: Played): Promise<void> {
  const differences = differencesOf(undisturbed.outcome, outcome);
  for (const line of differences) process.stdout.write(`${line}\n`);
  if (differences.length === 0) {
    process.stdout.write("It comes to the same.\n");
    await rm(folder, { recursive: true, force: true });
    return;
  }
  process.exitCode = 1;
  process.stdout.write(`Its logs are in ${folder}.\n`);
}

async function createDatabase(server: string): Promise<string | null> {
  const name = `chaos_${randomUUID().replaceAll("-", "")}`;
  try {
    await onServer(server, `create database ${name}`);
    return `${server}/${name}`;
  } catch {
    // Told by the caller.
    return null;
  }
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: `${server}/postgres`, connectionTimeoutMillis: 2000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
