import fc from "fast-check";
import { expect, test } from "vitest";
import { rememberInstallation } from "../../src/store/installations.ts";
import type { LedgerWish } from "../../src/store/ledger-wish.ts";
import { readMonths } from "../../src/store/months.ts";
import type { Database } from "../../src/store/open-database.ts";
import { readOwners } from "../../src/store/public-owners.ts";
import { readRepositories } from "../../src/store/public-repositories.ts";
import { readTally } from "../../src/store/tally.ts";
import { readTallyOfRole } from "../../src/store/tally-of-role.ts";
import { readWorksByRepository } from "../../src/store/works-by-repository.ts";
import { describeDatabases } from "../support/databases.ts";
import { depth } from "../support/depth.ts";
import { addRepositories, inTransaction } from "../support/ledger.ts";
import { accountIds, changes, repositoryIds } from "../support/ledger-changes.ts";
import {
  monthsByReading,
  ownersByReading,
  repositoriesByReading,
  tallyByReading,
  tallyOfRoleByReading,
  worksByReading,
} from "../support/tallies-by-reading.ts";

const places = fc.record({
  visible: fc.constantFrom(null, null, 12).map((id) => ({ alsoRepositoryId: id })),
  repositoryId: fc.constantFrom(null, null, ...repositoryIds),
});
const day = fc.integer({ min: 1, max: 32 }).map((number) => new Date(Date.UTC(2026, 2, number)));
const period = fc.record({ since: fc.option(day), until: fc.option(day) });
const asked = fc.record({
  place: places,
  period,
  accountId: fc.constantFrom(null, null, ...accountIds),
  limit: fc.constantFrom(1, 2, 50),
  hour: fc.integer({ min: 0, max: 23 }),
});
const wishes = fc.array(asked, { minLength: 6, maxLength: 6 });

/** What every reader of tallies says, and what reading each credit says. */
async function readBoth(database: Database, wish: LedgerWish & { readonly limit: number }) {
  const role = "reviewer";
  const { accountId, installationId } = wish;
  const person = { ...wish, accountId: accountId ?? 101 };
  return {
    tallied: [
      await readTally(database, wish),
      await readTallyOfRole(database, { ...wish, role }),
      await readMonths(database, wish),
      await readRepositories(database, { installationId }),
      await readWorksByRepository(database, person),
    ],
    byReading: [
      await tallyByReading(database, wish),
      await tallyOfRoleByReading(database, { ...wish, role }),
      await monthsByReading(database, wish),
      await repositoriesByReading(database, { installationId }),
      await worksByReading(database, person),
    ],
  };
}

await describeDatabases("tallies", ({ open }) => {
  test("they say what reading each credit says, whatever happens to the ledger", async () => {
    const database = await open();
    let first = -1;
    await fc.assert(
      fc.asyncProperty(changes, wishes, async (happening, questions) => {
        first += 2;
        for (const installationId of [first, first + 1]) {
          await addRepositories(database, installationId);
          await inTransaction(database, (transaction) =>
            rememberInstallation(transaction, { installationId, accountId: 1, login: `owner-${installationId}` }),
          );
        }
        for (const { happen } of happening) await inTransaction(database, (transaction) => happen(transaction, first));
        for (const { place, period: days, accountId, limit, hour } of questions) {
          for (const installationId of [first, first + 1]) {
            const wish = { installationId, ...place, ...days, accountId, limit };
            const { tallied, byReading } = await readBoth(database, wish);
            expect(tallied).toEqual(byReading);
            const within = { ...wish, until: days.until && new Date(days.until.getTime() + hour * 3_600_000) };
            expect(await readMonths(database, within)).toEqual(await monthsByReading(database, within));
          }
        }
        expect(await readOwners(database)).toEqual(await ownersByReading(database));
      }),
      { numRuns: depth({ quick: 25, deep: 1500 }) },
    );
  });
});
