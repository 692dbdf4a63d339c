import type { LedgerEntry, LedgerPerson } from "../../src/domain/ledger/entry.ts";
import type { Subject } from "../../src/domain/ledger/subject.ts";
import { replaceCredits } from "../../src/store/credits.ts";
import { createKeyedHash } from "../../src/store/keyed-hash.ts";
import type { Database, Transaction } from "../../src/store/open-database.ts";
import { rememberPeople } from "../../src/store/people.ts";
import { rememberRepository } from "../../src/store/repositories.ts";

export const hash = createKeyedHash(new Uint8Array(32).fill(7));

export const ada = account(101, "Ada Example");
export const grace = account(102, "Grace Sample");
export const hedy = account(103, "Hedy Instance");
export const joan: LedgerPerson = {
  key: `address:${hash.address("joan@example.org")}`,
  accountId: null,
  name: "Joan Figure",
};

export function account(id: number, name: string): LedgerPerson {
  return { key: `account:${id}`, accountId: id, name };
}

export function pullRequest(number: number): Subject {
  return { kind: "pull request", number };
}

/** Somebody's credit that counts since a day in March 2026. */
export function entry(person: LedgerPerson, wish: Partial<LedgerEntry> & { readonly day?: number } = {}): LedgerEntry {
  const { day = 1, ...others } = wish;
  return {
    person,
    role: "author",
    isAssistant: false,
    state: "landed",
    countedAt: march(day),
    evidence: [{ kind: "commit", url: `https://example.com/${person.name}`, label: "4f2a91c" }],
    mentees: [],
    ...others,
  };
}

export function promised(person: LedgerPerson, wish: Partial<LedgerEntry> = {}): LedgerEntry {
  return entry(person, { state: "promised", countedAt: null, ...wish });
}

export function march(day: number): Date {
  return new Date(Date.UTC(2026, 2, day, 12));
}

export function inTransaction<Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return database.query.transaction().execute(work);
}

/** Makes the credit of a subject in repository 10 of installation 1, unless it is told otherwise. */
export function credit(
  database: Database,
  subject: Subject,
  {
    entries,
    installationId = 1,
    repositoryId = 10,
  }: { readonly entries: readonly LedgerEntry[]; readonly installationId?: number; readonly repositoryId?: number },
): Promise<boolean> {
  return inTransaction(database, (transaction) =>
    replaceCredits(transaction, { installationId, repositoryId, subject }, entries),
  );
}

/** Repositories 10 and 11, which are public, and 12, which is not. */
export async function addRepositories(database: Database, installationId = 1): Promise<void> {
  await inTransaction(database, async (transaction) => {
    for (const [id, name] of [
      [10, "tides"],
      [11, "charts"],
      [12, "secrets"],
    ] as const) {
      const repository = { id, owner: "acme", name, isPrivate: id === 12, defaultBranch: "main" };
      await rememberRepository(transaction, installationId, repository);
    }
    await rememberPeople(transaction, installationId, [
      { id: 101, login: "ada", name: "Ada Example" },
      { id: 102, login: "grace" },
    ]);
  });
}
