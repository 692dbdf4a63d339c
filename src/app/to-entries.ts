import { parseNoreplyAddress } from "../domain/credit/identity.ts";
import type { CreditedPerson, PullRequestCredit, PullRequestCredits } from "../domain/credit/pull-request-credit.ts";
import type { LedgerEntry, LedgerPerson } from "../domain/ledger/entry.ts";
import type { StoredAddress } from "../store/addresses.ts";
import type { KeyedHash } from "../store/keyed-hash.ts";
import type { StoredPerson } from "../store/people.ts";

/** Whose credit something is. */
export type Credited = Pick<PullRequestCredits, "credits" | "assistants">;

export interface Counting {
  /** Since when a credit counts; null while it is promised. */
  readonly countedAt: (credit: PullRequestCredit) => Date | null;
  /** Whether the merge left somebody out. */
  readonly isLost?: (person: CreditedPerson) => boolean;
  readonly hash: KeyedHash;
}

/** Credits as the ledger has them, each with a reference to its evidence, and nobody by an address. */
export function toEntries({ credits, assistants }: Credited, counting: Counting): LedgerEntry[] {
  return [
    ...credits.map((credit) => toEntry(credit, { ...counting, isAssistant: false })),
    ...assistants.map((credit) => toEntry(credit, { ...counting, isAssistant: true })),
  ];
}

/** The people among those credited whose accounts are known. */
export function accountsIn({ credits }: Credited): StoredPerson[] {
  const people = credits.flatMap(({ person, mentees = [] }) => [person, ...mentees]);
  return people.flatMap(({ id, login, name }) => (id === null || login === null ? [] : [{ id, login, name }]));
}

/** The addresses that are known to be theirs. GitHub's own are not among them: those say themselves whose they are. */
export function addressesIn({ credits }: Credited, hash: KeyedHash): StoredAddress[] {
  return credits.flatMap(({ person: { id, assistant, identities } }) => {
    if (id === null || assistant !== null) return [];
    const addresses = identities.map(({ address }) => address ?? "");
    return addresses
      .filter((address) => address !== "" && parseNoreplyAddress(address) === null)
      .map((address) => ({ hash: hash.address(address), accountId: id }));
  });
}

function toEntry(
  credit: PullRequestCredit,
  { countedAt, isLost = () => false, hash, isAssistant }: Counting & { readonly isAssistant: boolean },
): LedgerEntry {
  const { person, role, evidence, mentees = [] } = credit;
  const moment = countedAt(credit);
  const counted = moment === null ? "promised" : isLost(person) ? "lost" : "landed";
  return {
    person: toLedgerPerson(person, hash),
    role,
    isAssistant,
    state: counted,
    countedAt: moment,
    evidence: evidence.map(({ kind, url, label }) => ({ kind, url, label })),
    mentees: mentees.map((mentee) => toLedgerPerson(mentee, hash)),
  };
}

function toLedgerPerson(person: CreditedPerson, hash: KeyedHash): LedgerPerson {
  return { key: keyOf(person, hash), accountId: person.id, name: person.name };
}

/** What the ledger knows somebody by: never an address. */
function keyOf({ key, id, assistant, name }: CreditedPerson, hash: KeyedHash): string {
  if (id !== null) return `account:${id}`;
  if (assistant !== null) return `assistant:${assistant}`;
  const byAddress = "address ";
  return key.startsWith(byAddress) ? `address:${hash.address(key.slice(byAddress.length))}` : `name:${name}`;
}
