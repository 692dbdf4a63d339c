import { startBackfill } from "../store/backfills.ts";
import type { BackfillPlace, Deps } from "./deps.ts";

/** Has a repository's history read, from its beginning or from where an earlier attempt stopped. */
export async function askForBackfill(
  { database, enqueueBackfill, clock }: Pick<Deps, "database" | "enqueueBackfill" | "clock">,
  place: BackfillPlace,
): Promise<void> {
  await database.query.transaction().execute(async (transaction) => {
    await startBackfill(transaction, place, clock());
    await enqueueBackfill(place, transaction);
  });
}
