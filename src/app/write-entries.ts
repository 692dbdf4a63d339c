import type { LedgerEntry, LedgerPerson } from "../domain/ledger/entry.ts";
import type { Subject } from "../domain/ledger/subject.ts";
import { findAccounts, rememberAddresses, type StoredAddress } from "../store/addresses.ts";
import { replaceAllCredits } from "../store/credits.ts";
import type { KeyedHash } from "../store/keyed-hash.ts";
import type { Transaction } from "../store/open-database.ts";
import { rememberPeople } from "../store/people.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import { keepListed } from "../store/take-turns.ts";
import { readUnlisted } from "../store/unlisted.ts";
import { accountsIn, addressesIn, type Counting, type Credited, toEntries } from "./to-entries.ts";

/** Whose credit one thing is, and since when. */
export interface SubjectCredit extends Omit<Counting, "hash"> {
  readonly subject: Subject;
  readonly credited: Credited;
}

const byAddress = "address:";

/**
 * Writes the credit of pull requests, commits or issues into the ledger. Whoever asked not to be listed is left out, and
 * an address whose account is known from elsewhere is that account's. Says whether anything is otherwise than before.
 */
export async function writeEntries(
  transaction: Transaction,
  { installationId, repositoryId }: RepositoryKey,
  { subjects, hash }: { readonly subjects: readonly SubjectCredit[]; readonly hash: KeyedHash },
): Promise<boolean> {
  await keepListed(transaction, installationId);
  const given = subjects.flatMap(({ credited }) => addressesIn(credited, hash));
  const named = subjects.map(({ subject, credited, ...counting }) => {
    return { subject, entries: toEntries(credited, { ...counting, hash }) };
  });
  const keys = named.flatMap(({ entries }) => entries.flatMap(peopleIn)).map(({ key }) => key);
  const owners = await knowAddresses(transaction, installationId, {
    given,
    asked: keys.flatMap((key) => (key.startsWith(byAddress) ? key.slice(byAddress.length) : [])),
    hash,
  });
  const known = named.map(({ subject, entries }) => ({
    subject,
    entries: entries.map((entry) => withAccounts(entry, owners)),
  }));
  const people = subjects.flatMap(({ credited }) => accountsIn(credited));
  const accountIds = known.flatMap(({ entries }) => entries.flatMap(peopleIn)).flatMap((one) => one.accountId ?? []);
  const unlisted = await readUnlisted({ query: transaction }, installationId, {
    accountIds: [...new Set([...accountIds, ...people.map(({ id }) => id)])],
    hash,
  });
  const isListed = ({ accountId }: LedgerPerson): boolean => accountId === null || !unlisted.has(accountId);
  const listed = people.filter(({ id }) => !unlisted.has(id));
  await rememberPeople(transaction, installationId, listed);
  const kept = known.map(({ subject, entries }) => ({
    subject,
    entries: entries
      .filter(({ person }) => isListed(person))
      .map((entry) => ({ ...entry, mentees: entry.mentees.filter(isListed) })),
  }));
  return replaceAllCredits(transaction, { installationId, repositoryId }, kept);
}

function peopleIn({ person, mentees }: LedgerEntry): LedgerPerson[] {
  return [person, ...mentees];
}

/** Remembers the addresses that are given and new; gives the accounts of those that are asked for, by their hashes. */
async function knowAddresses(
  transaction: Transaction,
  installationId: number,
  {
    given,
    asked,
    hash,
  }: { readonly given: readonly StoredAddress[]; readonly asked: readonly string[]; readonly hash: KeyedHash },
): Promise<ReadonlyMap<string, number>> {
  const hashes = new Set([...given.map((address) => address.hash), ...asked]);
  const owners = await findAccounts({ query: transaction }, installationId, [...hashes]);
  const news = given.filter((address) => owners.get(address.hash) !== address.accountId);
  await rememberAddresses(transaction, installationId, { addresses: news, hash });
  return new Map([...owners, ...news.map((address) => [address.hash, address.accountId] as const)]);
}

function withAccounts(entry: LedgerEntry, owners: ReadonlyMap<string, number>): LedgerEntry {
  const known = (person: LedgerPerson): LedgerPerson => {
    const accountId = person.key.startsWith(byAddress) ? owners.get(person.key.slice(byAddress.length)) : undefined;
    return accountId === undefined ? person : { ...person, key: `account:${accountId}`, accountId };
  };
  return { ...entry, person: known(entry.person), mentees: entry.mentees.map(known) };
}
