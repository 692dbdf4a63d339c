import { expect, test } from "vitest";
import {
  buryDelivery,
  type Delivery,
  failDelivery,
  finishDelivery,
  forgetDeliveries,
  type Receipt,
  readDelivery,
  receiveDeliveries,
} from "../../src/store/deliveries.ts";
import type { Database } from "../../src/store/open-database.ts";
import { describeDatabases } from "../support/databases.ts";

const now = new Date("2026-03-01T12:00:00Z");

function delivery(id: string, installationId: number | null = 1): Delivery {
  return { id, event: "push", action: null, installationId, payload: `{"id":"${id}\\u0000"}` };
}

async function receive(database: Database, ids: readonly string[]): Promise<Receipt[]> {
  const receipts = await database.query.transaction().execute((transaction) =>
    receiveDeliveries(
      transaction,
      ids.map((id) => delivery(id)),
      now,
    ),
  );
  return ids.map((id) => receipts.get(id) ?? "in-progress");
}

await describeDatabases("the store", ({ open, openAgain }) => {
  test("a delivery is new once; afterwards its state says what it is", async () => {
    const database = await open();
    expect(await receive(database, ["a", "b"])).toEqual(["inserted", "inserted"]);
    expect(await receive(database, ["b", "c", "a"])).toEqual(["in-progress", "inserted", "in-progress"]);
    await finishDelivery(database, "a", now);
    await failDelivery(database, "b", "Error");
    await buryDelivery(database, "c", { reference: "8K3F-2M", now });
    expect(await readDelivery(database, "a")).toBeNull();
    expect(await readDelivery(database, "b")).toEqual(delivery("b"));
    expect(await readDelivery(database, "c")).toBeNull();
    expect(await receive(database, ["a", "b", "c"])).toEqual([
      "duplicate-done",
      "again-after-failure",
      "again-after-failure",
    ]);
    expect(await readDelivery(database, "c")).toEqual(delivery("c"));
  });

  test("payloads are forgotten when the work is done, and of the dead after three days", async () => {
    const database = await open();
    await receive(database, ["done", "dead"]);
    await finishDelivery(database, "done", now);
    await buryDelivery(database, "dead", { reference: "8K3F-2M", now });
    const hour = 60 * 60 * 1000;
    const kept = async (): Promise<unknown> =>
      database.query.selectFrom("deliveries").select(["id", "payload"]).orderBy("id").execute();
    await forgetDeliveries(database, new Date(now.getTime() + 71 * hour));
    expect(await kept()).toEqual([
      { id: "dead", payload: delivery("dead").payload },
      { id: "done", payload: null },
    ]);
    await forgetDeliveries(database, new Date(now.getTime() + 73 * hour));
    expect(await kept()).toEqual([
      { id: "dead", payload: null },
      { id: "done", payload: null },
    ]);
    await forgetDeliveries(database, new Date(now.getTime() + 97 * hour));
    expect(await kept()).toEqual([{ id: "dead", payload: null }]);
    await forgetDeliveries(database, new Date(now.getTime() + 31 * 24 * hour));
    expect(await kept()).toEqual([]);
  });

  test("what finishes late does not undo what has been done", async () => {
    const database = await open();
    await receive(database, ["a"]);
    await finishDelivery(database, "a", now);
    await failDelivery(database, "a", "Error");
    await buryDelivery(database, "a", { reference: "8K3F-2M", now });
    expect(await receive(database, ["a"])).toEqual(["duplicate-done"]);
  });

  test.skipIf(openAgain === null)("processes that start together bring the tables up to date once", async () => {
    await open();
    const opened = await Promise.all(Array.from({ length: 4 }, async () => openAgain?.()));
    expect(opened.map((database) => database?.kind)).toEqual(Array.from({ length: 4 }, () => "postgres"));
  });
});
