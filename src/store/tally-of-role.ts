import type { Role } from "../domain/credit/roles.ts";
import type { LedgerWish } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";
import { type LedgerTally, rankPeople, toTally } from "./rank-people.ts";
import { settleTallies } from "./settle-tallies.ts";

/** Adds up what counts in one role alone, by person: in the same order and with the same limits as `readTally`. */
export async function readTallyOfRole(
  { query }: Pick<Database, "query">,
  wish: LedgerWish & { readonly limit: number; readonly role: Role },
): Promise<LedgerTally> {
  await settleTallies({ query }, wish.installationId);
  const { rows } = await rankPeople(wish).execute(query);
  return toTally(rows, ({ works }) => ({ [wish.role]: works }));
}
