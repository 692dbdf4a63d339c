import { sql } from "kysely";
import type { Database } from "../../src/store/open-database.ts";
import { createWeb } from "../../src/web/create-web.ts";
import { describeMachine } from "./describe-machine.ts";
import { fillLedger, newest } from "./fill-ledger.ts";
import { openFreshDatabase } from "./open-fresh-database.ts";
import { percentile } from "./percentile.ts";

const size = { installationId: 1, credits: 1_000_000, people: 5000, repositories: 20 };
const turns = 40;
const paths = [
  "/",
  "/tidewater",
  "/tidewater?since=2026-10-22",
  "/tidewater?since=2026-01-01",
  "/tidewater?since=2024-07-15&until=2026-02-10",
  "/tidewater?role=reviewer",
  "/tidewater?role=reviewer&since=2025-05-05",
  "/tidewater/repository-3",
  "/tidewater/repository-3?since=2026-01-01",
  "/tidewater/-/people/person-7",
  "/tidewater/-/people/person-1234?since=2026-01-01",
  "/api/tally/tidewater",
  "/api/tally/tidewater?limit=1000",
];

/**
 * How long the pages of an organisation with a million credits take, while its ledger changes a little before each
 * request. `npm run bench -- ledger [postgres://…]`: without an address on PGlite in memory.
 */
export async function benchLedger(url: string | null): Promise<void> {
  process.stdout.write(describeMachine());
  const { database, close } = await openFreshDatabase(url);
  try {
    const filling = performance.now();
    await fillLedger(database, size);
    process.stdout.write(`filled in ${((performance.now() - filling) / 1000).toFixed(0)} s\n`);
    // Every request comes a minute after the one before, so that none is answered with what was kept.
    let moment = newest.getTime();
    const clock = (): Date => new Date((moment += 60_000));
    const web = createWeb({ database, clock, github: "https://github.com" });
    let changes = 0;
    for (const path of paths) {
      const times: number[] = [];
      const before = process.cpuUsage();
      for (let turn = 0; turn <= turns; turn += 1) {
        changes += 1;
        await change(database, changes);
        const begun = performance.now();
        const response = await web.request(path);
        await response.text();
        if (response.status !== 200) throw new Error(`${path} answers ${response.status}`);
        // The first one warms up.
        if (turn > 0) times.push(performance.now() - begun);
      }
      const [median, most] = [50, 95].map((hundredths) => percentile(times, hundredths).toFixed(0));
      const { user, system } = process.cpuUsage(before);
      const own = ((user + system) / 1000 / (turns + 1)).toFixed(0);
      // On a busy machine the processor's time tells more.
      process.stdout.write(`${path}: median ${median} ms, 95th percentile ${most} ms; ${own} ms of this process\n`);
    }
    process.stdout.write(describeMachine());
  } finally {
    await close();
  }
}

/** Another credit for a pull request that is there. */
async function change({ query }: Database, number: number): Promise<void> {
  const account = (number * 31) % size.people;
  await sql`
    insert into credits
    select installation_id, repository_id, subject_kind, subject, ${`account:${account}`}, ${account}::bigint,
      ${`Person ${account}`}, 'tester', false, state, counted_at, evidence
    from credits where installation_id = 1 and repository_id = ${1 + (number % size.repositories)}
      and subject_kind = 'pull request' and subject = ${String(number)} limit 1
    on conflict do nothing
  `.execute(query);
}
