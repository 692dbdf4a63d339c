import { UserError } from "../domain/errors.ts";
import { readAllBackfills, startBackfill } from "../store/backfills.ts";
import { openDatabase } from "../store/open-database.ts";
import { readRepositories } from "../store/repositories.ts";
import type { Control } from "./read-control.ts";

/**
 * Reaches whatever services work on a PostgreSQL database, without knowing where they are: what is asked for there, one of
 * them picks up. Throws a UserError where the database does not answer.
 */
export async function openDatabaseControl(
  url: string,
  clock: () => Date,
): Promise<Control & { readonly close: () => Promise<void> }> {
  const database = await openDatabase({ url, folder: null });
  return {
    ask: async (repository) => {
      const wanted = (await readRepositories(database, null)).filter(({ owner, name }) => {
        return repository === null || `${owner}/${name}`.toLowerCase() === repository.toLowerCase();
      });
      if (wanted.length === 0) {
        const what = repository === null ? "no repository is known" : `${repository} is not known`;
        throw new UserError(`${what}; install the app there`);
      }
      for (const place of wanted) {
        await database.query.transaction().execute((transaction) => startBackfill(transaction, place, clock()));
      }
      return wanted.map(({ owner, name }) => `${owner}/${name}`);
    },
    look: async () => {
      const backfills = await readAllBackfills(database);
      return backfills.map(({ owner, name, ...backfill }) => ({ ...backfill, repository: `${owner}/${name}` }));
    },
    close: database.close,
  };
}
