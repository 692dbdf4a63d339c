import { UserError } from "../domain/errors.ts";
import { fingerprintOf } from "./keyed-hash.ts";
import type { Database } from "./open-database.ts";

const name = "ledger";

/**
 * Makes sure that the database is read with the key that its hashes were made with: the first one that it sees. Throws
 * a UserError where it is another one: nobody who was forgotten would be known again.
 */
export async function requireSameKey({ query }: Pick<Database, "query">, key: Uint8Array): Promise<void> {
  const fingerprint = fingerprintOf(key);
  await query
    .insertInto("keys")
    .values({ name, fingerprint })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const known = await query.selectFrom("keys").select("fingerprint").where("name", "=", name).executeTakeFirstOrThrow();
  if (known.fingerprint === fingerprint) return;
  throw new UserError(
    "the ledger was begun with another key; set LEDGER_KEY to that one, or bring its file ledger.key back",
  );
}
