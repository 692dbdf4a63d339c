import { describePerson } from "./describe-person.ts";
import { hideAddresses } from "./hide-addresses.ts";
import { linkTarget, shorten } from "./named-person.ts";
import type { Person } from "./people.ts";

/** Somebody of a clone's history, as they may be named where everybody reads it. */
export interface PublicPerson {
  /** What makes it this person. Never shown. */
  readonly key: string;
  /** Without any address; empty for somebody who gives none. */
  readonly name: string;
  readonly login: string | null;
  /** Their profile; null where no account is known for certain. */
  readonly url: string | null;
  readonly isAssistant: boolean;
}

const longestName = 60;

/** How to name a person of a history without their address. */
export function toPublicPerson(person: Person): PublicPerson {
  const { name, login } = describePerson(person);
  // A login alone may be somebody else's by now.
  const isCertain = login !== null && person.loginAlone === null && person.assistant === null;
  return {
    key: person.key,
    name: toPublicName(name) || (login ?? ""),
    login,
    url: isCertain ? linkTarget(`https://github.com/${login}`) : null,
    isAssistant: person.assistant !== null,
  };
}

/** A name as somebody wrote it, without addresses, and no longer than names are. */
export function toPublicName(name: string): string {
  return shorten(hideAddresses(name).toWellFormed(), longestName);
}
