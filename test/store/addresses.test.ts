import { expect, test } from "vitest";
import { findAccounts, rememberAddresses } from "../../src/store/addresses.ts";
import { readCredits } from "../../src/store/credits.ts";
import { forgetPerson } from "../../src/store/forget-person.ts";
import type { KeyedHash } from "../../src/store/keyed-hash.ts";
import { createKeyedHash } from "../../src/store/keyed-hash.ts";
import type { Database } from "../../src/store/open-database.ts";
import { requireSameKey } from "../../src/store/require-same-key.ts";
import { describeDatabases } from "../support/databases.ts";
import {
  account,
  ada,
  credit,
  entry,
  hash,
  inTransaction,
  joan,
  march,
  promised,
  pullRequest,
} from "../support/ledger.ts";

const joanAtWork = { ...joan, key: `address:${hash.address("joan@example.com")}` };
const found = account(104, "Joan of GitHub");
const key = (number: number) => ({ installationId: 1, repositoryId: 10, subject: pullRequest(number) });

function evidence(label: string) {
  return [{ kind: "trailer" as const, url: `https://example.com/${label}`, label }];
}

function learn(database: Database, addresses: readonly string[], accountId = 104): Promise<void> {
  const stored = addresses.map((address) => ({ hash: hash.address(address), accountId }));
  return inTransaction(database, (transaction) => rememberAddresses(transaction, 1, { addresses: stored, hash }));
}

test("a keyed hash tells kinds and keys apart, and knows an address in any case", () => {
  const other: KeyedHash = createKeyedHash(new Uint8Array(32).fill(8));
  expect(hash.address("Joan@Example.org")).toBe(hash.address("joan@example.org"));
  expect(hash.address("101")).not.toBe(hash.account(101));
  expect(hash.account(101)).not.toBe(other.account(101));
  expect(hash.account(101)).toMatch(/^[\da-f]{32}$/);
  expect(() => createKeyedHash(new Uint8Array(31))).toThrow("31 bytes");
});

await describeDatabases("addresses", ({ open }) => {
  test("an address that turns out to be an account's brings its credit along, joined with what the account has", async () => {
    const database = await open();
    await credit(database, pullRequest(1), {
      entries: [
        entry(joan, { day: 3, evidence: evidence("a") }),
        entry(joanAtWork, { day: 2, evidence: evidence("b") }),
        entry(found, { day: 4, state: "lost", evidence: evidence("a") }),
        entry(ada),
      ],
    });
    await credit(database, pullRequest(2), { entries: [promised(joan, { role: "docs", evidence: [] })] });
    await credit(database, pullRequest(3), { entries: [entry(joan)], installationId: 2 });
    await learn(database, ["joan@example.org", "Joan@example.com", "joan@example.org"]);
    expect(await readCredits(database, key(1))).toEqual([
      entry(ada),
      entry(found, { day: 2, evidence: [...evidence("a"), ...evidence("b")] }),
    ]);
    const moved = { ...found, name: joan.name };
    expect(await readCredits(database, key(2))).toEqual([promised(moved, { role: "docs", evidence: [] })]);
    expect(await readCredits(database, { ...key(3), installationId: 2 })).toEqual([entry(joan)]);
    const hashes = ["joan@example.org", "joan@example.com", "ada@example.org"].map(hash.address);
    expect(await findAccounts(database, 1, hashes)).toEqual(new Map(hashes.slice(0, 2).map((each) => [each, 104])));
    expect(await findAccounts(database, 2, hashes)).toEqual(new Map());
  });

  test("mentorships follow the account, and nobody is their own mentor", async () => {
    const database = await open();
    const role = "mentor";
    await credit(database, pullRequest(1), { entries: [entry(joan, { role, mentees: [ada, joanAtWork] })] });
    await credit(database, pullRequest(2), { entries: [entry(ada, { role, mentees: [joan, found] })] });
    await learn(database, ["joan@example.org", "joan@example.com"]);
    expect(await readCredits(database, key(1))).toMatchObject([{ person: { key: found.key }, mentees: [ada] }]);
    expect(await readCredits(database, key(2))).toMatchObject([{ person: ada, mentees: [found] }]);
  });

  test("an address may pass to another account; what has been credited stays", async () => {
    const database = await open();
    await credit(database, pullRequest(1), { entries: [entry(joan)] });
    await learn(database, ["joan@example.org"]);
    await learn(database, ["joan@example.org"], 105);
    const address = hash.address("joan@example.org");
    expect(await findAccounts(database, 1, [address])).toEqual(new Map([[address, 105]]));
    expect(await readCredits(database, key(1))).toMatchObject([{ person: { accountId: 104 } }]);
  });

  test("an address of somebody who was forgotten is not kept, and what stands by it goes", async () => {
    const database = await open();
    await credit(database, pullRequest(1), { entries: [entry(ada, { role: "mentor", mentees: [joan] }), entry(joan)] });
    await inTransaction(database, (transaction) => forgetPerson(transaction, 1, { accountId: 104, hash }));
    await learn(database, ["joan@example.org"]);
    expect(await findAccounts(database, 1, [hash.address("joan@example.org")])).toEqual(new Map());
    expect(await readCredits(database, key(1))).toEqual([entry(ada, { role: "mentor", countedAt: march(1) })]);
  });

  test("a database is read with the key that it was begun with", async () => {
    const database = await open();
    const first = new Uint8Array(32).fill(1);
    await requireSameKey(database, first);
    await requireSameKey(database, first);
    await expect(requireSameKey(database, new Uint8Array(32))).rejects.toThrow(
      expect.objectContaining({
        name: "UserError",
        message: expect.stringMatching(/^the ledger was begun .*LEDGER_KEY/),
      }),
    );
  });
});
