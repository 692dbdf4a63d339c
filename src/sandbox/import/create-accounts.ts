import { describePerson } from "../../domain/credit/describe-person.ts";
import { parseNoreplyAddress } from "../../domain/credit/identity.ts";
import type { Person } from "../../domain/credit/people.ts";
import { addAddress, createBot, createPerson, findByAddress, isLogin } from "../actions/accounts.ts";
import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import { findAccount, type State } from "../model/state.ts";
import type { Traces } from "./read-history.ts";

/**
 * Finds or creates an account for everybody in a history. Whoever has one of their addresses already is taken; others
 * keep the number and login of a private address where those are free, or get a login made from their name. An
 * `…[bot]` becomes a bot; an assistant gets no account, for nobody may answer to its address.
 */
export function createAccounts(forge: Forge, traces: ReadonlyMap<Person, Traces>): Map<Person, Account> {
  const accounts = new Map<Person, Account>();
  // Logins that are known are given first, so that none made from a name takes them; those go to whoever came first.
  const inOrder = [...traces].toSorted(
    ([left, { since: leftSince }], [right, { since: rightSince }]) =>
      Number(hasLogin(right)) - Number(hasLogin(left)) || leftSince.getTime() - rightSince.getTime(),
  );
  const shared = sharedAddresses(traces);
  for (const [person, { addresses: used, since }] of inOrder) {
    const addresses = new Set([...used].filter((address) => !shared.has(address) || isShownAt(person, address)));
    const dated = { ...forge, clock: () => since };
    const account =
      person.assistant === null ? findOrCreate(dated, person, addresses) : findOrCreateBot(dated, person, addresses);
    if (account !== null) accounts.set(person, account);
  }
  return accounts;
}

/**
 * Addresses at which the mailmap tells several people apart by name, as that of a list. GitHub goes by addresses alone,
 * so each is the one's whom the mailmap leaves there, or nobody's.
 */
function sharedAddresses(traces: ReadonlyMap<Person, Traces>): Set<string> {
  const used = new Set<string>();
  const shared = new Set<string>();
  for (const { addresses } of traces.values()) {
    for (const address of addresses) (used.has(address) ? shared : used).add(address);
  }
  return shared;
}

function isShownAt(person: Person, address: string): boolean {
  return person.appearances.some((appearance) => appearance.address.toLowerCase() === address);
}

function hasLogin(person: Person): boolean {
  return person.appearances.some(({ login }) => login !== null);
}

function findOrCreate(forge: Forge, person: Person, addresses: ReadonlySet<string>): Account {
  const { state } = forge;
  const existing = findOwner(state, addresses);
  const { name, login } = describePerson(person);
  if (existing !== null) {
    for (const address of freeAddresses(state, addresses)) addAddress(state, existing, address);
    return existing;
  }
  return createPerson(forge, {
    login: login !== null && isFree(state, login) ? login : makeLogin(state, name),
    name: name || null,
    addresses: freeAddresses(state, addresses),
    id: numberOf(addresses),
  });
}

function findOrCreateBot(forge: Forge, { assistant }: Person, addresses: ReadonlySet<string>): Account | null {
  if (!assistant?.endsWith("[bot]")) return null;
  const existing = findAccount(forge.state, assistant);
  if (existing !== null) return existing;
  return createBot(forge, assistant, { id: numberOf(addresses), addresses: freeAddresses(forge.state, addresses) });
}

/** The account that has one of the addresses. A number from elsewhere may be another account's here: its login tells. */
function findOwner(state: State, addresses: ReadonlySet<string>): Account | null {
  for (const address of addresses) {
    const owner = findByAddress(state, address);
    const login = parseNoreplyAddress(address)?.login;
    const isVerified = state.accountsByAddress.has(address);
    if (owner?.type === "User" && (isVerified || owner.login.toLowerCase() === login)) return owner;
  }
  return null;
}

function freeAddresses(state: State, addresses: ReadonlySet<string>): string[] {
  return [...addresses].filter((address) => !state.accountsByAddress.has(address));
}

function numberOf(addresses: ReadonlySet<string>): number | undefined {
  for (const address of addresses) {
    const id = parseNoreplyAddress(address)?.id;
    if (id) return id;
  }
  return undefined;
}

/** A login from a name: `Ada Example` is `ada-example`, and the next of that name `ada-example-2`. */
function makeLogin(state: State, name: string): string {
  const letters = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug =
    letters
      .replace(/[^a-z\d]+/g, "-")
      .slice(0, 32)
      .replace(/^-+|-+$/g, "") || "person";
  for (let count = 1; ; count += 1) {
    const login = count === 1 ? slug : `${slug}-${count}`;
    if (isFree(state, login)) return login;
  }
}

function isFree(state: State, login: string): boolean {
  return isLogin(login) && findAccount(state, login) === null;
}
