import { asciiLowerCase } from "../ascii-lower-case.ts";
import { compareByCodePoint } from "../compare-by-code-point.ts";
import { hideAddresses } from "./hide-addresses.ts";
import { type Identity, parseNoreplyAddress } from "./identity.ts";
import type { CreditedPerson } from "./pull-request-credit.ts";
import type { Account, CommitFacts, Participation } from "./pull-request-facts.ts";
import { recogniseAssistant } from "./recognise-assistant.ts";

/** Tells who is who on one pull request, or where else they take part. */
export interface PullRequestPeople {
  byIdentity(identity: Identity): CreditedPerson;
  byAccount(account: Account): CreditedPerson;
  byAssistant(assistant: string): CreditedPerson;
}

/** Who it is, before it is known what to call them. */
interface Key {
  readonly key: string;
  readonly id: number | null;
  readonly assistant: string | null;
}

/**
 * Joins people by the account that GitHub gives for an address, by the id in a noreply address, else by the address
 * without case; never by name. A noreply address without id joins the one account whose address in these commits
 * carries its login. `identities` is everybody whom the commits name, as often as they do.
 */
export function createPullRequestPeople(facts: Participation, identities: readonly Identity[]): PullRequestPeople {
  const keyOf = createKeys(facts, identities);
  // Not every place that tells of an account tells its name.
  const inOrder = accountsOf(facts).toSorted((left, right) => Number(Boolean(left.name)) - Number(Boolean(right.name)));
  const accounts = new Map(inOrder.map((account) => [account.id, account]));
  const uses = new Map<string, Map<string, { identity: Identity; count: number }>>();
  for (const identity of identities) {
    const { key } = keyOf(identity);
    const used = uses.get(key) ?? new Map<string, { identity: Identity; count: number }>();
    uses.set(key, used);
    const spelling = `${identity.name}\n${identity.address}`;
    used.set(spelling, { identity, count: (used.get(spelling)?.count ?? 0) + 1 });
  }

  const describe = ({ key, id, assistant }: Key): CreditedPerson => {
    const used = Array.from(uses.get(key)?.values() ?? []).toSorted((left, right) => right.count - left.count);
    const account = id === null ? undefined : accounts.get(id);
    const names = [assistant, account?.name, ...used.map(({ identity }) => identity.name), account?.login];
    return {
      key,
      id,
      login: account?.login ?? null,
      name: names.map((name) => presentable(name ?? "")).find((name) => name !== "") ?? "",
      assistant,
      identities: used.map(({ identity }) => identity),
    };
  };
  const known = new Map<string, CreditedPerson>();
  const personOf = (key: Key): CreditedPerson => {
    const person = known.get(key.key) ?? describe(key);
    known.set(key.key, person);
    return person;
  };
  return {
    byIdentity: (identity) => personOf(keyOf(identity)),
    byAccount: (account) => personOf(ofAccount(account)),
    byAssistant: (assistant) => personOf(ofAssistant(assistant)),
  };
}

/** Whether somebody is to be left out, by any login that is known for them. */
export function hasLogin(person: CreditedPerson, isWanted: (login: string) => boolean): boolean {
  const inAddresses = person.identities.map(({ address }) => parseNoreplyAddress(address)?.login);
  return [person.login, person.assistant, ...inAddresses].some((login) => login && isWanted(login));
}

/** For `sort`: by name, and by key where names are equal. */
export function comparePeople(left: CreditedPerson, right: CreditedPerson): number {
  return compareByCodePoint(left.name, right.name) || compareByCodePoint(left.key, right.key);
}

function createKeys(facts: Participation, identities: readonly Identity[]): (identity: Identity) => Key {
  const bots = new Map(accountsOf(facts).flatMap((account) => (isBot(account) ? [[account.id, account]] : [])));
  const byAddress = new Map(
    actorsOf(facts).flatMap((actor) => {
      // Strangers have registered vendors' addresses: an assistant's is nobody's.
      const isKnown = actor.account !== null && recogniseAssistant(actor) === null;
      return isKnown ? [[asciiLowerCase(actor.address), actor.account] as const] : [];
    }),
  );
  const carriers = new Map<string, Set<number>>();
  for (const { address } of identities) {
    const { id = null, login = "" } = parseNoreplyAddress(address) ?? {};
    const carried = asciiLowerCase(login);
    if (id !== null) carriers.set(carried, (carriers.get(carried) ?? new Set()).add(id));
  }

  return (one) => {
    const assistant = recogniseAssistant(one);
    if (assistant !== null) return ofAssistant(assistant);
    const address = asciiLowerCase(one.address ?? "");
    if (address === "") return { key: `no address ${one.name}`, id: null, assistant };
    const { id = null, login = null } = parseNoreplyAddress(address) ?? {};
    const bot = id === null ? undefined : bots.get(id);
    if (bot !== undefined) return ofAccount(bot);
    if (id !== null) return ofId(id);
    const owner = byAddress.get(address);
    if (owner !== undefined) return ofAccount(owner);
    if (login === null) return { key: `address ${address}`, id, assistant };
    const [only, ...others] = carriers.get(login) ?? [];
    return only === undefined || others.length > 0 ? { key: `login ${login}`, id, assistant } : ofId(only);
  };
}

function ofAccount(account: Account): Key {
  const assistant = assistantBehind(account);
  return assistant === null ? ofId(account.id) : ofAssistant(assistant);
}

function ofId(id: number): Key {
  return { key: `id ${id}`, id, assistant: null };
}

function ofAssistant(assistant: string): Key {
  return { key: `assistant ${assistant}`, id: null, assistant };
}

/** The assistant or bot that an account is, or null for a person's. GraphQL leaves out a bot's `[bot]`, REST does not. */
function assistantBehind(account: Account): string | null {
  const { login } = account;
  if (!isBot(account)) return recogniseAssistant({ name: "", address: `${login}@users.noreply.github.com` });
  const name = login.endsWith("[bot]") ? login : `${login}[bot]`;
  return recogniseAssistant({ name, address: null }) ?? name;
}

function isBot(account: Account): boolean {
  return account.kind === "bot";
}

function actorsOf({ commits, superseded, landed }: Participation): CommitFacts["authors"] {
  const before = superseded.flatMap((one) => one.commits);
  return [...commits, ...before, ...(landed?.commits ?? [])].flatMap(({ authors }) => authors);
}

function accountsOf(facts: Participation): Account[] {
  const inCommits = actorsOf(facts).filter((actor) => recogniseAssistant(actor) === null);
  const said = [...facts.reviews, ...facts.closingIssues, ...facts.superseded, ...facts.comments];
  const others = said.map(({ author }) => author);
  const all = [...inCommits.map(({ account }) => account), ...others, facts.author, facts.landed?.by ?? null];
  return all.filter((account) => account !== null);
}

/** The name on one line, or nothing where it holds an address or nothing that can be seen. */
function presentable(name: string): string {
  const tidy = name
    .normalize("NFC")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return /^[\p{Default_Ignorable_Code_Point}\p{C}\p{Z}\u2800]*$/u.test(tidy) || hideAddresses(tidy) !== tidy
    ? ""
    : tidy;
}
