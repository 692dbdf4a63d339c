import type { CreditedPerson } from "./pull-request-credit.ts";
import type { RepositoryFacts } from "./pull-request-facts.ts";

/** Somebody as a comment names them. */
export interface NamedPerson {
  /** As they wrote it, without addresses; empty for those without any. */
  readonly name: string;
  /** Their profile; null without an account. */
  readonly url: string | null;
  /** The login to mention them by in place of the link; nobody is mentioned without it. */
  readonly mention?: string | null;
}

const longestName = 60;

/** Whether a text may be a login, and nothing else in any Markdown: an underscore is in those of managed accounts. */
export function isLogin(text: string): boolean {
  return /^[A-Za-z\d](?:[A-Za-z\d_-]{0,98}[A-Za-z\d])?$/.test(text);
}

/** How people are named where this repository is: with a link to the profile that GitHub gives, never with an address. */
export function nameOf({
  url,
  owner,
  name,
}: Pick<RepositoryFacts, "url" | "owner" | "name">): (person: CreditedPerson) => NamedPerson {
  const ending = `/${owner}/${name}`;
  const web = url.endsWith(ending) ? url.slice(0, -ending.length) : new URL(url).origin;
  return (person) => ({
    name: shorten(person.name, longestName),
    url: person.login === null ? null : linkTarget(`${web}/${person.login}`),
  });
}

/** An address of a page that ends neither the link in Markdown that it stands in, nor the cell of a table. */
export function linkTarget(url: string): string {
  return url.replace(/[\s()<>|\\[\]`"*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  });
}

/** The text with at most so many characters, as people count them. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = Array.from(new Intl.Segmenter().segment(text.slice(0, most * 4)), ({ segment }) => segment);
  // One character may have any number of marks on it.
  const kept = characters
    .slice(0, most - 1)
    .join("")
    .slice(0, most * 2);
  return `${kept.toWellFormed().trimEnd()}…`;
}
