import { expect, test } from "vitest";
import { failBackfill, finishBackfill, readBackfills, saveProgress, startBackfill } from "../../src/store/backfills.ts";
import { readCredits } from "../../src/store/credits.ts";
import { forgetPerson } from "../../src/store/forget-person.ts";
import { gatherStatistics } from "../../src/store/gather-statistics.ts";
import { moveRepository } from "../../src/store/move-repository.ts";
import { describeDatabases } from "../support/databases.ts";
import {
  ada,
  addRepositories,
  credit,
  entry,
  grace,
  hash,
  hedy,
  inTransaction,
  march,
  pullRequest,
} from "../support/ledger.ts";

const key = { installationId: 1, repositoryId: 10 };

await describeDatabases("repositories", ({ open }) => {
  test("one that moves to another organisation takes its credit along, but not whom that one forgot", async () => {
    const database = await open();
    await addRepositories(database);
    await credit(database, pullRequest(1), {
      entries: [entry(ada, { role: "mentor", mentees: [grace] }), entry(hedy)],
    });
    await credit(database, pullRequest(2), { entries: [entry(ada)] });
    await credit(database, pullRequest(2), { entries: [entry(grace)], installationId: 2 });
    await inTransaction(database, (transaction) => forgetPerson(transaction, 2, { accountId: 103, hash }));
    await inTransaction(database, (transaction) =>
      moveRepository(transaction, { repositoryId: 10, from: 1, to: 2, hash }),
    );
    const read = (installationId: number, number: number) =>
      readCredits(database, { installationId, repositoryId: 10, subject: pullRequest(number) });
    expect(await read(2, 1)).toEqual([entry(ada, { role: "mentor", mentees: [grace] })]);
    expect(await read(2, 2)).toEqual([entry(grace)]);
    expect([...(await read(1, 1)), ...(await read(1, 2))]).toEqual([]);
  });

  test("a backfill goes on where it stopped, and begins anew once it is done", async () => {
    const database = await open();
    await addRepositories(database);
    await gatherStatistics(database);
    const progress = { phase: "pulls", cursor: "c9", pullsTotal: 40, pullsDone: 9, commitsDone: 0 };
    const start = (day: number) =>
      inTransaction(database, (transaction) => startBackfill(transaction, key, march(day)));
    expect(await start(1)).toMatchObject({ state: "waiting", phase: null, cursor: null, pullsDone: 0 });
    await inTransaction(database, async (transaction) => {
      await saveProgress(transaction, key, { progress, now: march(2) });
    });
    expect(await start(3)).toMatchObject({ ...progress, state: "running", startedAt: march(1) });
    await inTransaction(database, (transaction) => failBackfill(transaction, key, { error: "gone", now: march(4) }));
    expect(await start(5)).toMatchObject({ ...progress, state: "waiting", error: null, finishedAt: null });
    await inTransaction(database, (transaction) => finishBackfill(transaction, key, march(6)));
    expect(await readBackfills(database, 1)).toMatchObject([{ state: "done", pullsDone: 9, finishedAt: march(6) }]);
    expect(await start(7)).toMatchObject({ state: "waiting", cursor: null, pullsDone: 0, startedAt: march(7) });
    expect(await readBackfills(database, 2)).toEqual([]);
  });
});
