import { asciiLowerCase } from "../ascii-lower-case.ts";
import type { Identity } from "./identity.ts";

/** What an entry puts in place; null leaves that field as it was. */
interface Replacement {
  name: string | null;
  address: string | null;
}

interface Entry extends Replacement {
  /** Replacements for one name at this address alone, by that name in lower case. */
  readonly byName: Map<string, Replacement>;
}

/** The entries of one or more mailmaps, by the commit address in lower case. */
export type Mailmap = ReadonlyMap<string, Readonly<Entry>>;

/**
 * Reads mailmaps by the rules of gitmailmap(5); later sources win over earlier ones.
 *
 * A later simple entry overwrites field by field, a later one for the same name and address replaces the earlier
 * whole. `#` starts a comment at column 0 alone, and what follows the second address is ignored (mailmap.c).
 */
export function parseMailmap(sources: readonly string[]): Mailmap {
  const mailmap = new Map<string, Entry>();
  for (const source of sources) {
    for (const line of source.split("\n")) {
      if (!line.startsWith("#")) addLine(mailmap, line);
    }
  }
  return mailmap;
}

/** The identity that the mailmap gives instead, or the very same one where it has nothing to say. */
export function mapIdentity(mailmap: Mailmap, identity: Identity): Identity {
  if (mailmap.size === 0 || identity.address === null) return identity;
  const entry = mailmap.get(asciiLowerCase(identity.address));
  if (entry === undefined) return identity;
  const { name, address } = entry.byName.get(asciiLowerCase(identity.name)) ?? entry;
  if (name === null && address === null) return identity;
  return { name: name ?? identity.name, address: address ?? identity.address };
}

function addLine(mailmap: Map<string, Entry>, line: string): void {
  const first = readNameAndAddress(line);
  if (first === null || first.address === "") return;
  const second = readNameAndAddress(first.rest);
  const key = asciiLowerCase(second?.address ?? first.address);
  const entry: Entry = mailmap.get(key) ?? { name: null, address: null, byName: new Map() };
  mailmap.set(key, entry);

  const address = second === null ? null : first.address;
  if (second === null || second.name === null) {
    entry.name = first.name ?? entry.name;
    entry.address = address ?? entry.address;
  } else {
    entry.byName.set(asciiLowerCase(second.name), { name: first.name, address });
  }
}

function readNameAndAddress(text: string): { name: string | null; address: string; rest: string } | null {
  const open = text.indexOf("<");
  const close = text.indexOf(">", open + 1);
  if (open === -1 || close === -1) return null;
  const name = text.slice(0, open).replace(/^[ \t\r]+/, "");
  let end = name.length;
  while (end > 0 && " \t\r".includes(name.charAt(end - 1))) end -= 1;
  return { name: name.slice(0, end) || null, address: text.slice(open + 1, close), rest: text.slice(close + 1) };
}
