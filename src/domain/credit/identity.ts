/** A name and an address, as a commit or a trailer gives them. Either may be empty. */
export interface Identity {
  readonly name: string;
  /** Null where git itself finds no address, and counts the text for a name all the same. */
  readonly address: string | null;
}

/**
 * Reads `Name <address>`: a name that may be empty, one address with an `@` and without blanks, and nothing behind it.
 * Anything else gives null; whom it meant is not ours to guess.
 */
export function parseIdentity(value: string): Identity | null {
  const open = value.indexOf("<");
  if (open === -1 || !value.endsWith(">")) return null;
  const name = value.slice(0, open).trim();
  const address = value.slice(open + 1, -1);
  return /^[^<>\s@]+@[^<>\s]+$/.test(address) && !name.includes(">") ? { name, address } : null;
}

/** What a commit shows of a GitHub account. */
export interface GitHubAccount {
  /** The numeric id, which never changes; null in the addresses of accounts from before 2017-07-18. */
  readonly id: number | null;
  /** The login at the time of the commit. */
  readonly login: string;
}

/** Reads GitHub's private commit addresses, `ID+LOGIN@users.noreply.github.com` and the older one without the id. */
export function parseNoreplyAddress(address: string | null): GitHubAccount | null {
  const match = /^(?:(\d{1,15})\+)?([^@+\s]+)@users\.noreply\.github\.com$/i.exec(address ?? "");
  return match === null ? null : { id: match[1] === undefined ? null : Number(match[1]), login: match[2] ?? "" };
}
