import { shorten } from "../credit/named-person.ts";
import { oneLine } from "../one-line.ts";
import type { PlainLine } from "./plain-lines.ts";

/** A line that gives a command. */
export interface CommandLine<Name extends string> {
  readonly name: Name;
  /** The number of the line in the comment, from 1. */
  readonly line: number;
  /** The command as it is written, as one line, shortened. To be shown only where it does nothing. */
  readonly source: string;
  /** What follows the name, with plain blanks, without characters that are not seen. */
  readonly argument: string;
}

const longestSource = 120;
const start = /^[ \u00A0]{0,3}\/([a-z-]{1,40})(?=[ .!]|$)/i;

/** The command that the line gives, where it starts with one of the names behind a slash, in any case; or null. */
export function readCommandLine<Name extends string>(
  { number, text }: PlainLine,
  names: readonly Name[],
): CommandLine<Name> | null {
  const seen = text.replace(/\p{Cf}+/gu, "");
  const match = start.exec(seen.replaceAll("\t", " ").replaceAll("\u00A0", " "));
  if (match === null || seen.slice(0, match[0].length).includes("\t")) return null;
  const name = names.find((known) => known === match[1]?.toLowerCase());
  if (name === undefined) return null;
  const argument = oneLine(seen.slice(match[0].length)).replace(/\s/g, " ").trim();
  // `/credit.` is the end of a sentence, `/credit.md` a path.
  if (/^[.!]/.test(argument) && /[^.! ]/.test(argument)) return null;
  return { name, line: number, source: shorten(oneLine(seen).trim(), longestSource), argument };
}
