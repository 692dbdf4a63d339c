import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import { jsonText } from "./json-text.ts";
import type { Transaction } from "./open-database.ts";

interface Replacement<Row extends object> {
  readonly table: "credits" | "mentorships";
  /** The columns that make a row what it is, the installation's first. */
  readonly key: readonly (keyof Row & string)[];
  readonly known: readonly Row[];
  readonly wanted: readonly Row[];
}

/**
 * Makes the known rows of a table the wanted ones, with one statement for those that go and one for those that are new
 * or changed; says whether there were any.
 */
export async function replaceRows<Row extends object>(
  transaction: Transaction,
  { table, key, known, wanted }: Replacement<Row>,
): Promise<boolean> {
  const keyOf = (row: Row): string => JSON.stringify(key.map((column) => row[column]));
  const before = new Map(known.map((row) => [keyOf(row), row]));
  const after = new Set(wanted.map(keyOf));
  const gone = known.filter((row) => !after.has(keyOf(row)));
  const changed = wanted.filter((row) => !isDeepStrictEqual(row, before.get(keyOf(row))));
  const name = sql.table(table);
  if (gone.length > 0) {
    const isSame = key.map((column) => sql`${sql.ref(`${table}.${column}`)} = ${sql.ref(`gone.${column}`)}`);
    await sql`
      delete from ${name} using jsonb_populate_recordset(null::${name}, ${jsonText(gone)}::text::jsonb) gone
      where ${sql.join(isSame, sql` and `)}
    `.execute(transaction);
  }
  const [first] = changed;
  if (first !== undefined) {
    const others = Object.keys(first).filter((column) => !key.some((one) => one === column));
    const changes = others.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
    await sql`
      insert into ${name} select * from jsonb_populate_recordset(null::${name}, ${jsonText(changed)}::text::jsonb)
      on conflict (${sql.join(key.map((column) => sql.ref(column)))}) do update set ${sql.join(changes)}
    `.execute(transaction);
  }
  return gone.length + changed.length > 0;
}
