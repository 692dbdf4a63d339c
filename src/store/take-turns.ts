import { sql } from "kysely";
import type { Transaction } from "./open-database.ts";

/** Until its end a transaction alone adds up an installation's tallies, or deletes what they are made from. */
export async function holdTallies(transaction: Transaction, installationId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${keyOf(`tallies ${installationId}`)})`.execute(transaction);
}

/**
 * Until the end of a transaction, which is about to write of people, nobody becomes forgotten whom it took for somebody that
 * may be written of: whoever asks for that meanwhile waits, and what was written goes too.
 */
export async function keepListed(transaction: Transaction, installationId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${keyOf(`listed ${installationId}`)})`.execute(transaction);
}

/** Waits until nobody writes of an installation's people; whoever wants to waits until the end of the transaction. */
export async function holdListed(transaction: Transaction, installationId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${keyOf(`listed ${installationId}`)})`.execute(transaction);
}

function keyOf(name: string) {
  return sql`hashtextextended(${name}, 0)`;
}
