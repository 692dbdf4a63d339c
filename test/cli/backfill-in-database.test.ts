import { expect, test } from "vitest";
import { pickUpBackfills } from "../../src/app/pick-up-backfills.ts";
import { openDatabaseControl } from "../../src/cli/open-database-control.ts";
import { finishBackfill } from "../../src/store/backfills.ts";
import { rememberRepository } from "../../src/store/repositories.ts";
import { describeDatabases } from "../support/databases.ts";
import { inTransaction } from "../support/ledger.ts";

const now = new Date("2026-03-01T12:00:00Z");
const tides = { id: 10, owner: "acme", name: "tides", isPrivate: false, defaultBranch: "main" };

await describeDatabases("a history that is asked for in the database", ({ open, openAgain }) => {
  test.skipIf(openAgain === null)("is picked up by whichever service works on it", async () => {
    const database = await open();
    await inTransaction(database, (transaction) => rememberRepository(transaction, 1, tides));
    const url = database.kind === "postgres" ? database.url : "";
    const control = await openDatabaseControl(url, () => now);
    await expect(control.ask("acme/harbour")).rejects.toThrow("acme/harbour is not known; install the app there");
    expect(await control.ask("ACME/tides")).toEqual(["acme/tides"]);
    const enqueued: object[] = [];
    const enqueueBackfill = async (place: object): Promise<void> => void enqueued.push(place);
    await pickUpBackfills({ database, enqueueBackfill });
    expect(enqueued).toEqual([{ installationId: 1, repositoryId: 10, owner: "acme", name: "tides" }]);
    expect(await control.look()).toMatchObject([{ repository: "acme/tides", state: "waiting" }]);
    const key = { installationId: 1, repositoryId: 10 };
    await inTransaction(database, (transaction) => finishBackfill(transaction, key, now));
    expect(await control.look()).toMatchObject([{ repository: "acme/tides", state: "done" }]);
    await pickUpBackfills({ database, enqueueBackfill });
    expect(enqueued).toHaveLength(1);
    await control.close();
  });
});
