import { expect, test } from "vitest";
import { startBackfill } from "../../src/store/backfills.ts";
import { loseInstallation, rememberInstallation, suspendInstallation } from "../../src/store/installations.ts";
import type { Database } from "../../src/store/open-database.ts";
import { claimReconciliations, keepReconciled, reachBack, readReconciled } from "../../src/store/reconciliations.ts";
import { loseRepository } from "../../src/store/repositories.ts";
import { describeDatabases } from "../support/databases.ts";
import { addRepositories, inTransaction, march } from "../support/ledger.ts";

const hour = 60 * 60 * 1000;

function later(hours: number): Date {
  return new Date(march(2).getTime() + hours * hour);
}

async function add(database: Database, installationId: number): Promise<void> {
  await addRepositories(database, installationId);
  const owner = { installationId, accountId: 700 + installationId, login: `owner-${installationId}` };
  await inTransaction(database, (transaction) => rememberInstallation(transaction, owner));
}

await describeDatabases("reconciliation", ({ open }) => {
  test("each repository that can be looked at is due once in a while, and given to one who asks", async () => {
    const database = await open();
    for (const installationId of [1, 2, 3]) await add(database, installationId);
    await suspendInstallation(database, 2);
    await loseInstallation(database, 3, march(1));
    await loseRepository(database, { installationId: 1, repositoryId: 12 }, march(1));
    const claim = async (now: Date, most = 10): Promise<number[]> => {
      const claimed = await claimReconciliations(database, { now, every: 6 * hour, most });
      return claimed.map(({ repositoryId }) => repositoryId).toSorted((one, other) => one - other);
    };
    expect(await claim(later(0), 1)).toEqual([10]);
    const both = await Promise.all([claim(later(0)), claim(later(0))]);
    expect(both.flat()).toEqual([11]);
    expect(await claim(later(5))).toEqual([]);
    expect(await claim(later(6))).toEqual([10, 11]);
  });

  test("what is known reaches from the beginning of the history, and back where something was given up", async () => {
    const database = await open();
    await add(database, 1);
    const key = { installationId: 1, repositoryId: 10 };
    expect(await readReconciled(database, key)).toBeNull();
    await reachBack(database, key, march(1));
    expect(await readReconciled(database, key)).toBeNull();
    await inTransaction(database, (transaction) => startBackfill(transaction, key, march(2)));
    expect(await readReconciled(database, key)).toEqual(march(2));
    await keepReconciled(database, key, march(5));
    await reachBack(database, key, march(6));
    expect(await readReconciled(database, key)).toEqual(march(5));
    await reachBack(database, key, march(4));
    expect(await readReconciled(database, key)).toEqual(march(4));
    expect(await readReconciled(database, { ...key, repositoryId: 11 })).toBeNull();
  });
});
