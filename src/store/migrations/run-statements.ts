import { type Kysely, sql } from "kysely";

/** Runs one statement at a time: PGlite takes no more. */
export async function runStatements(database: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
