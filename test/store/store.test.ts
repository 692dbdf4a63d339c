import { expect, test } from "vitest";
import { readCredits, replaceCredits, type StoredCredit } from "../../src/store/credits.ts";
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
import { forgetInstallation } from "../../src/store/forget-installation.ts";
import type { Database } from "../../src/store/open-database.ts";
import { rememberPeople } from "../../src/store/people.ts";
import { readPullRequest, rememberPullRequest } from "../../src/store/pull-requests.ts";
import { rememberRepository } from "../../src/store/repositories.ts";
import { describeDatabases } from "../support/databases.ts";

const now = new Date("2026-03-01T12:00:00Z");
const pull = { installationId: 1, repositoryId: 10, number: 7 };
const ada: StoredCredit = {
  accountId: 101,
  displayName: "ada-finch",
  role: "author",
  subject: "",
  isAssistant: false,
  state: "promised",
  evidence: { kind: "commit", url: "https://example.com/c/1", detail: "c1" },
};
const someone: StoredCredit = { ...ada, accountId: null, displayName: "Bo Reed", role: "co-author" };

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

async function replace(database: Database, credits: readonly StoredCredit[], which = pull): Promise<boolean> {
  return database.query.transaction().execute((transaction) => replaceCredits(transaction, which, credits));
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

  test("credits are replaced by what is wanted, and only a difference is a change", async () => {
    const database = await open();
    expect(await replace(database, [ada, someone])).toBe(true);
    expect(await readCredits(database, pull)).toEqual([ada, someone]);
    expect(await replace(database, [someone, ada, ada])).toBe(false);
    const landed: StoredCredit = { ...ada, state: "landed" };
    expect(await replace(database, [landed, someone])).toBe(true);
    expect(await readCredits(database, pull)).toEqual([landed, someone]);
    expect(await replace(database, [landed])).toBe(true);
    expect(await replace(database, [])).toBe(true);
    expect(await replace(database, [])).toBe(false);
    expect(await readCredits(database, pull)).toEqual([]);
  });

  test("an account that is renamed stays the same person", async () => {
    const database = await open();
    await replace(database, [ada]);
    expect(await replace(database, [{ ...ada, displayName: "ada-reed" }])).toBe(true);
    expect(await readCredits(database, pull)).toHaveLength(1);
  });

  test("a person has a credit for each issue they reported", async () => {
    const database = await open();
    const reports = ["12", "13"].map((subject) => ({ ...ada, role: "reporter", subject }));
    await replace(database, reports);
    expect(await readCredits(database, pull)).toEqual(reports);
  });

  test("installations never see each other's rows, and one can be forgotten as a whole", async () => {
    const database = await open();
    const other = { ...pull, installationId: 2 };
    const request = {
      state: "open",
      title: "Tides",
      url: "https://example.com/7",
      headSha: "h",
      landedSha: null,
    } as const;
    for (const which of [pull, other]) {
      await replace(database, [which === pull ? ada : someone], which);
      await database.query.transaction().execute(async (transaction) => {
        const repository = { id: 10, owner: "harbour", name: "tides", isPrivate: true, defaultBranch: "main" };
        await rememberRepository(transaction, which.installationId, repository);
        await rememberRepository(transaction, which.installationId, { ...repository, name: "tide-tables" });
        await rememberPullRequest(transaction, which, request);
        await rememberPullRequest(transaction, which, { ...request, state: "merged", landedSha: "m" });
        await rememberPeople(transaction, which.installationId, [{ id: 101, login: "ada-finch" }]);
        await rememberPeople(transaction, which.installationId, [{ id: 101, login: "ada-reed" }]);
        await receiveDeliveries(transaction, [delivery(`of-${which.installationId}`, which.installationId)], now);
      });
    }
    expect(await readCredits(database, pull)).toEqual([ada]);
    expect(await readCredits(database, other)).toEqual([someone]);
    await forgetInstallation(database, 1);
    expect(await readCredits(database, pull)).toEqual([]);
    expect(await readPullRequest(database, pull)).toBeNull();
    expect(await readPullRequest(database, other)).toEqual({ ...request, state: "merged", landedSha: "m" });
    const left = await Promise.all(
      (["credits", "pull_requests", "people", "repositories", "deliveries"] as const).map((table) =>
        database.query.selectFrom(table).select("installation_id").execute(),
      ),
    );
    expect(left).toEqual(Array.from({ length: 5 }, () => [{ installation_id: 2 }]));
    expect(await database.query.selectFrom("people").select("login").execute()).toEqual([{ login: "ada-reed" }]);
  });

  test.skipIf(openAgain === null)("processes that start together bring the tables up to date once", async () => {
    await open();
    const opened = await Promise.all(Array.from({ length: 4 }, async () => openAgain?.()));
    expect(opened.map((database) => database?.kind)).toEqual(Array.from({ length: 4 }, () => "postgres"));
  });
});
