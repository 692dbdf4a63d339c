import { asciiLowerCase } from "../ascii-lower-case.ts";
import { type Identity, parseNoreplyAddress } from "./identity.ts";
import { type Mailmap, mapIdentity } from "./mailmap.ts";
import { recogniseAssistant } from "./recognise-assistant.ts";

/** How often one person appeared under one name and address. */
export interface Appearance {
  readonly name: string;
  readonly address: string;
  readonly login: string | null;
  count: number;
  /** When it was first met, counted from 0. A history is read from its newest commit on: the lowest is the newest. */
  readonly order: number;
}

/** One person, or one assistant, with all the names and addresses that are known to be theirs. */
export interface Person {
  /** What makes it this person: an account's id, an address, an assistant's name. Never shown. */
  readonly key: string;
  /** The name of the assistant that it is, or null for a human. */
  readonly assistant: string | null;
  /** The login of an old noreply address, where that is all there is to tell who it is; else null. */
  readonly loginAlone: string | null;
  readonly appearances: Appearance[];
}

/** Tells who is who, while a history is read. */
export interface People {
  /** The person behind an identity, counting the appearance. */
  meet(identity: Identity): Person;
  /** Once the whole history is read: joins who could only be joined with all of it in sight. */
  settle(): SettledPeople;
}

/** Tells who is who, when a whole history has been read. */
export interface SettledPeople {
  /** The person behind an identity that was met. */
  find(identity: Identity): Person;
  /** Who a person turned out to be. Only those known by a login alone can turn out to be somebody else. */
  settled(person: Person): Person;
}

/** Finds the name and address to show for an identity, and the key that it shares with all of the same person's. */
type Identify = (identity: Identity) => { shown: Identity } & Omit<Person, "appearances">;

interface Entry {
  readonly person: Person;
  readonly appearance: Appearance;
}

/**
 * Joins identities by mailmap, by the numeric id in GitHub's noreply addresses and by equal address without case, never
 * by name. A noreply address without id joins by its login, if in this history exactly one account has that login.
 */
export function createPeople(mailmap: Mailmap): People {
  return gather(identifyByAccount(mailmap));
}

/** People exactly as `git shortlog -e` tells them apart: one for each name and address after the mailmap. */
export function createPeopleAsGit(mailmap: Mailmap): People {
  return gather((identity) => {
    const shown = mapIdentity(mailmap, identity);
    return {
      shown,
      key: shown.address === null ? shown.name : `${shown.name} <${shown.address}>`,
      assistant: null,
      loginAlone: null,
    };
  });
}

function gather(identify: Identify): People {
  const persons = new Map<string, Person>();
  /** By name and address as they came. One flat map, because a map for each address takes half a kilobyte. */
  const met = new Map<string, Entry>();
  /** For each login seen in an address with an id: the keys of the persons who carry it. */
  const carriers = new Map<string, Set<string>>();
  let order = 0;

  const enter = (identity: Identity): Entry => {
    const { shown, key, assistant, loginAlone } = identify(identity);
    const person: Person = persons.get(key) ?? { key, assistant, loginAlone, appearances: [] };
    persons.set(key, person);
    const accounts = [identity.address, shown.address].map(parseNoreplyAddress).filter((account) => account !== null);
    for (const { id, login } of accounts) {
      if (id === null) continue;
      const carried = asciiLowerCase(login);
      carriers.set(carried, (carriers.get(carried) ?? new Set()).add(key));
    }
    const appearance: Appearance = {
      name: shown.name,
      address: shown.address ?? "",
      login: accounts[0]?.login ?? null,
      count: 0,
      order,
    };
    order += 1;
    person.appearances.push(appearance);
    return { person, appearance };
  };

  const lookUp = (identity: Identity): Entry => {
    const key = `${identity.name}\n${identity.address ?? "\n"}`;
    const known = met.get(key);
    if (known !== undefined) return known;
    const entry = enter(identity);
    met.set(key, entry);
    return entry;
  };

  /** Follows logins to the one account that has them, until there is more than a login to go by. */
  const settled = (person: Person): Person => {
    const seen = new Set<Person>();
    let current = person;
    while (current.loginAlone !== null && !seen.has(current)) {
      seen.add(current);
      const [only, ...others] = carriers.get(current.loginAlone) ?? [];
      const carrier = only === undefined || others.length > 0 ? undefined : persons.get(only);
      current = carrier ?? current;
    }
    return current;
  };

  return {
    meet(identity) {
      const { person, appearance } = lookUp(identity);
      appearance.count += 1;
      return person;
    },
    settle() {
      for (const person of persons.values()) {
        const owner = settled(person);
        if (owner === person) continue;
        for (const appearance of person.appearances) owner.appearances.push(appearance);
      }
      return { settled, find: (identity) => settled(lookUp(identity).person) };
    },
  };
}

function identifyByAccount(mailmap: Mailmap): Identify {
  // `Ada <ada@example.com> <7+ada@users.noreply.github.com>` says who account 7 is, under later logins as well.
  const owners = new Map<number, string>();
  for (const [address, { address: owner }] of mailmap) {
    const id = parseNoreplyAddress(address)?.id ?? null;
    if (id !== null && owner !== null) owners.set(id, asciiLowerCase(owner));
  }
  return (identity) => {
    const mapped = mapIdentity(mailmap, identity);
    const shown = { name: tidyName(mapped.name), address: mapped.address };
    const assistant = recogniseAssistant(shown);
    if (assistant !== null) return { shown, key: `assistant ${assistant}`, assistant, loginAlone: null };
    if (!shown.address) return { shown, key: `no address ${shown.name}`, assistant, loginAlone: null };

    const id = parseNoreplyAddress(shown.address)?.id ?? null;
    const address = (id === null ? undefined : owners.get(id)) ?? asciiLowerCase(shown.address);
    const account = parseNoreplyAddress(address);
    if (account === null) return { shown, key: `address ${address}`, assistant, loginAlone: null };
    if (account.id !== null) return { shown, key: `id ${account.id}`, assistant, loginAlone: null };
    return { shown, key: `login ${account.login}`, assistant, loginAlone: account.login };
  };
}

/** One spelling for what looks the same: composed letters, single spaces. */
function tidyName(name: string): string {
  return name.normalize("NFC").replace(/\s+/g, " ").trim();
}
