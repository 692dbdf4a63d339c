import { sql } from "kysely";
import { addUpChanges } from "./add-up-changes.ts";
import type { Database, Transaction } from "./open-database.ts";
import { holdTallies } from "./take-turns.ts";
import { publicRepositories, tallyRepositories } from "./tally-repositories.ts";

/**
 * Adds up what changed in an installation's ledger since the last time, a part at a time, so that its tallies say what
 * its credits say. Where nothing changed it is one short question.
 */
export async function settleTallies({ query }: Pick<Database, "query">, installationId: number): Promise<void> {
  for (;;) {
    const due = await readDue(query, installationId);
    if (!due.have_credits_changed && !due.have_repositories_changed) return;
    if (isTransaction(query)) await settle(query, installationId, due);
    else await query.transaction().execute((transaction) => settle(transaction, installationId, due));
  }
}

interface Due {
  readonly have_credits_changed: boolean;
  /** Whether others are public than were when they were added up. */
  readonly have_repositories_changed: boolean;
}

async function readDue(query: Database["query"], installationId: number): Promise<Due> {
  const isOwn = sql`installation_id = ${installationId}`;
  const tallied = sql`select repository_id from tallied_repositories where ${isOwn}`;
  const wanted = publicRepositories(installationId);
  const { rows } = await sql<Due>`
    select exists (select from credit_changes where ${isOwn}) as have_credits_changed,
      exists (${wanted} except ${tallied}) or exists (${tallied} except ${wanted}) as have_repositories_changed
  `.execute(query);
  return rows[0] ?? { have_credits_changed: false, have_repositories_changed: false };
}

/** The same for all installations of which something has changed. */
export async function settleAllTallies({ query }: Pick<Database, "query">): Promise<void> {
  const { rows } = await sql<{ readonly id: number }>`
    select installation_id as id from credit_changes
    union
    select coalesce(there.installation_id, t.installation_id)
    from (select installation_id, repository_id from repositories where not is_private and gone_at is null) there
    full join tallied_repositories t
      on t.installation_id = there.installation_id and t.repository_id = there.repository_id
    where there.repository_id is null or t.repository_id is null
    order by id
  `.execute(query);
  for (const { id } of rows) await settleTallies({ query }, id);
}

/** One at a time for each installation: what is added up is read first. */
async function settle(transaction: Transaction, installationId: number, due: Due): Promise<void> {
  await holdTallies(transaction, installationId);
  if (due.have_repositories_changed) await tallyRepositories(transaction, installationId);
  if (due.have_credits_changed) await addUpChanges(transaction, installationId);
}

function isTransaction(query: Database["query"]): query is Transaction {
  return query.isTransaction;
}
