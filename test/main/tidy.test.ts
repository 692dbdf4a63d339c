import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { createBoss } from "../../src/jobs/create-boss.ts";
import { tidy } from "../../src/main/tidy.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { settleTallies } from "../../src/store/settle-tallies.ts";
import { addRepositories, credit, entry, grace, march, pullRequest } from "../support/ledger.ts";

test("the embedded database gives back the room of what is added up, or is no more", async () => {
  const database = await openDatabase({ url: null, folder: null });
  onTestFinished(() => database.close());
  const boss = createBoss(database, { wakeOne: () => {}, works: false });
  await boss.start();
  onTestFinished(() => boss.stop({ graceful: false }));
  await boss.createQueue("chores");
  await addRepositories(database);
  for (let number = 1; number <= 20; number += 1) {
    await credit(database, pullRequest(number), { entries: [entry(grace)] });
    await boss.send("chores", { number });
  }
  await settleTallies(database, 1);
  await boss.deleteAllJobs("chores");
  const sizeOf = async (table: string): Promise<number> => {
    const { rows } = await sql<{ size: number }>`select pg_relation_size(${table})::int as size`.execute(
      database.query,
    );
    return rows[0]?.size ?? 0;
  };
  const shrinking = ["credit_changes", "pgboss.job_common"];
  const before = await Promise.all(shrinking.map(sizeOf));
  await tidy(database, march(2));
  const after = await Promise.all(shrinking.map(sizeOf));
  expect(after.filter((size, index) => size >= (before[index] ?? 0))).toEqual([]);
});
