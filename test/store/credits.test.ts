import { expect, test } from "vitest";
import type { Correction } from "../../src/domain/ledger/correction.ts";
import type { LedgerEntry } from "../../src/domain/ledger/entry.ts";
import { addCorrections, readCorrections } from "../../src/store/corrections.ts";
import { readCredits } from "../../src/store/credits.ts";
import { readEarlierWork, rememberEarlierWork } from "../../src/store/earlier-work.ts";
import { findNewcomers } from "../../src/store/newcomers.ts";
import { describeDatabases } from "../support/databases.ts";
import {
  ada,
  credit,
  entry,
  grace,
  hedy,
  inTransaction,
  joan,
  march,
  promised,
  pullRequest,
} from "../support/ledger.ts";

const seven = pullRequest(7);
const key = { installationId: 1, repositoryId: 10, subject: seven };

function said(commentId: number, wish: Partial<Correction> = {}): Correction {
  return {
    commentId,
    position: 0,
    action: "credit",
    accountId: 102,
    login: "grace",
    name: null,
    role: "tester",
    mentee: null,
    byAccountId: 101,
    url: `https://example.com/${commentId}`,
    madeAt: march(commentId),
    ...wish,
  };
}

await describeDatabases("the ledger's entries", ({ open }) => {
  test("credit is replaced by what is wanted, and only a difference is a change", async () => {
    const database = await open();
    const both = [promised(ada), promised(joan, { role: "co-author" })];
    expect(await credit(database, seven, { entries: both })).toBe(true);
    expect(await readCredits(database, key)).toEqual(both);
    expect(await credit(database, seven, { entries: [...both.toReversed(), promised(ada)] })).toBe(false);
    expect(await credit(database, seven, { entries: [entry(ada), ...both.slice(1)] })).toBe(true);
    expect(await readCredits(database, key)).toEqual([entry(ada), ...both.slice(1)]);
    expect(await credit(database, seven, { entries: [entry(ada)] })).toBe(true);
    expect(await credit(database, seven, { entries: [] })).toBe(true);
    expect(await credit(database, seven, { entries: [] })).toBe(false);
    expect(await readCredits(database, key)).toEqual([]);
  });

  test("a pull request, a commit and an issue of one key are three subjects", async () => {
    const database = await open();
    const subjects = [seven, { kind: "issue", number: 7 }, { kind: "commit", sha: "7" }] as const;
    for (const [index, subject] of subjects.entries()) {
      await credit(database, subject, { entries: [entry(ada, { day: index + 1 })] });
    }
    for (const [index, subject] of subjects.entries()) {
      expect(await readCredits(database, { ...key, subject })).toEqual([entry(ada, { day: index + 1 })]);
    }
  });

  test("whom a mentor taught comes and goes with the mentor's credit", async () => {
    const database = await open();
    const taught = entry(ada, { role: "mentor", mentees: [grace, hedy] });
    await credit(database, seven, { entries: [taught, entry(grace, { mentees: [hedy] })] });
    expect(await readCredits(database, key)).toEqual([taught, entry(grace)]);
    expect(await credit(database, seven, { entries: [{ ...taught, mentees: [grace] }, entry(grace)] })).toBe(true);
    expect(await readCredits(database, key)).toEqual([{ ...taught, mentees: [grace] }, entry(grace)]);
    await credit(database, seven, { entries: [] });
    expect(await database.query.selectFrom("mentorships").selectAll().execute()).toEqual([]);
  });

  test("hundreds of entries are written at once, with at most twenty pieces of evidence each", async () => {
    const database = await open();
    const evidence = Array.from({ length: 25 }, (_, index) => ({
      kind: "commit" as const,
      url: `u${index}`,
      label: "",
    }));
    const entries = Array.from({ length: 700 }, (_, index): LedgerEntry => {
      return entry({ key: `account:${1000 + index}`, accountId: 1000 + index, name: `Person ${index}` }, { evidence });
    });
    expect(await credit(database, seven, { entries })).toBe(true);
    expect(await credit(database, seven, { entries })).toBe(false);
    const stored = await readCredits(database, key);
    expect(stored).toHaveLength(700);
    expect(new Set(stored.map((one) => one.evidence.length))).toEqual(new Set([20]));
  });

  test("names that a database does not take are kept without what it does not", async () => {
    const database = await open();
    const odd = { key: "name:\ud83d x\0", accountId: null, name: "\ud83d x\0'\"\\" };
    expect(await credit(database, seven, { entries: [entry(odd)] })).toBe(true);
    expect(await credit(database, seven, { entries: [entry(odd)] })).toBe(false);
    expect((await readCredits(database, key)).map(({ person }) => person.name)).toEqual(["\uFFFD x\uFFFD'\"\\"]);
  });

  test("a command that is processed twice is one correction, and they come in the order in which they were said", async () => {
    const database = await open();
    const corrections = [
      said(2, { role: "mentor", mentee: { accountId: 103, login: "hedy", name: null } }),
      said(2, { position: 1 }),
      said(3, { action: "remove", role: null }),
    ];
    const add = (some: readonly Correction[]) =>
      inTransaction(database, (transaction) => addCorrections(transaction, key, some));
    await add(corrections.toReversed());
    await add([...corrections, said(3, { login: "somebody-else" })]);
    await add([]);
    expect(await readCorrections(database, key)).toEqual(corrections);
    expect(await readCorrections(database, { ...key, installationId: 2 })).toEqual([]);
  });

  test("a newcomer has nothing that counts on another pull request, and stays one on their first", async () => {
    const database = await open();
    await credit(database, pullRequest(1), { entries: [entry(ada, { day: 1 }), entry(hedy, { day: 1 })] });
    await credit(database, pullRequest(2), { entries: [entry(ada, { day: 2 }), entry(grace, { day: 2 })] });
    await credit(database, pullRequest(3), { entries: [promised(ada), promised(grace), promised(hedy)] });
    await credit(database, pullRequest(3), { entries: [entry(joan)], repositoryId: 11 });
    const ask = (number: number, repositoryId = 10) =>
      findNewcomers(database, {
        installationId: 1,
        repositoryId,
        accountIds: [101, 102, 103, 104],
        before: pullRequest(number),
      });
    expect(await ask(1)).toEqual(new Set([101, 102, 103, 104]));
    expect(await ask(2)).toEqual(new Set([102, 104]));
    expect(await ask(3)).toEqual(new Set([104]));
    expect(await ask(3, 11)).toEqual(new Set([101, 102, 103, 104]));
  });

  test("what GitHub said about newcomers is kept by account", async () => {
    const database = await open();
    const remember = (answers: [number, boolean][]) =>
      inTransaction(database, (transaction) => rememberEarlierWork(transaction, key, new Map(answers)));
    await remember([
      [101, false],
      [102, true],
    ]);
    await remember([[101, true]]);
    await remember([]);
    const known = new Map([
      [101, true],
      [102, true],
    ]);
    expect(await readEarlierWork(database, key, [101, 102, 103])).toEqual(known);
    expect(await readEarlierWork(database, { ...key, installationId: 2 }, [101])).toEqual(new Map());
  });
});
