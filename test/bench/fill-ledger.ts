import { sql } from "kysely";
import { gatherStatistics } from "../../src/store/gather-statistics.ts";
import { rememberInstallation } from "../../src/store/installations.ts";
import { tallyAll } from "../../src/store/migrations/010-tallies.ts";
import type { Database } from "../../src/store/open-database.ts";
import { rememberRepository } from "../../src/store/repositories.ts";

/** How much there is in a ledger. */
export interface LedgerSize {
  readonly installationId: number;
  readonly credits: number;
  readonly people: number;
  readonly repositories: number;
}

/** The moment that the newest credit counts since. */
export const newest = new Date(Date.UTC(2026, 10, 20));

/**
 * Fills an empty ledger of an installation, owner `tidewater`, with pull requests of two credits each over four years. Some
 * people do much more than others, as everywhere. The same size comes to the same rows, which are added up at once, as the migration does it.
 */
export async function fillLedger(
  database: Database,
  { installationId, credits, people, repositories }: LedgerSize,
): Promise<void> {
  const { query } = database;
  await query.transaction().execute(async (transaction) => {
    await rememberInstallation(transaction, { installationId, accountId: 1, login: "tidewater" });
    for (let id = 1; id <= repositories; id += 1) {
      const repository = { id, owner: "tidewater", name: `repository-${id}`, isPrivate: false, defaultBranch: "main" };
      await rememberRepository(transaction, installationId, repository);
    }
  });
  await sql`
    insert into people (installation_id, account_id, login, name)
    select ${installationId}::bigint, id, 'person-' || id, 'Person ' || id from generate_series(0, ${people}::integer - 1) id
    on conflict do nothing
  `.execute(query);
  await sql`alter table credits disable trigger all`.execute(query);
  const rows = 50_000;
  for (let from = 0; from < credits; from += rows) {
    const upTo = Math.min(from + rows, credits) - 1;
    await sql`
      with credit as (
        select number, number / 2 as subject, (number / 2 * 7919) % ${people}::integer as author
        from generate_series(${from}::bigint, ${upTo}::bigint) number
      ), given as (
        select *, case when number % 2 = 0 then author / (1 + subject % 50)
          else ((number * 104729) % ${people}::integer) end as account
        from credit
      )
      insert into credits
      select ${installationId}::bigint, 1 + subject % ${repositories}::integer, 'pull request', subject::text,
        'account:' || account, account, 'Person ' || account,
        (array['author', 'reviewer', 'author', 'co-author', 'tester', 'mentor'])[
          case when number % 2 = 0 then 1 else 2 + (number / 2) % 5 end],
        false, 'landed', ${newest}::timestamptz - make_interval(days => (subject % 1400)::integer, secs => subject % 86400),
        '[{"kind": "commit", "url": "https://example.com", "label": "4f2a91c"}]'
      from given
      on conflict do nothing
    `.execute(query);
  }
  // Every tenth of those who taught says whom.
  await sql`
    insert into mentorships
    select installation_id, repository_id, subject_kind, subject, person_key, account_id, display_name,
      'account:' || (account_id + 1) % ${people}::integer, (account_id + 1) % ${people}::integer, 'Somebody', counted_at, 'https://example.com'
    from credits where installation_id = ${installationId} and role = 'mentor' and subject like '%7'
  `.execute(query);
  await sql`alter table credits enable trigger all`.execute(query);
  for (const statement of tallyAll) await sql.raw(statement).execute(query);
  await gatherStatistics(database);
}
