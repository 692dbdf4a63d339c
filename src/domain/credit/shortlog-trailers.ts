import type { Identity } from "./identity.ts";
import { parseTrailersBelowTitle, type Trailer } from "./strict-trailers.ts";
import type { TrailerGrammar } from "./trailer-grammar.ts";

/**
 * Reads trailers and the people in them as `git shortlog --group=trailer:<key>` does, which differs from git's other
 * readers: it takes a title paragraph for trailers as well, and counts a malformed value as well as it can.
 */
export function readShortlogTrailers(
  message: string,
  grammar: TrailerGrammar,
): { trailer: Trailer; identity: Identity }[] {
  // Shortlog starts reading at the line break that ends the headers, so that its title is always empty.
  return parseTrailersBelowTitle(`\n\n${message}`, grammar).map((trailer) => ({
    trailer,
    identity: splitIdentity(trailer.value) ?? { name: trailer.value, address: null },
  }));
}

/** Git's split_ident_line (ident.c): the name ends at the first `<`, the address at the first `>` behind it. */
function splitIdentity(value: string): Identity | null {
  const open = value.indexOf("<");
  const close = value.indexOf(">", open + 1);
  if (open === -1 || close === -1) return null;
  let end = open;
  while (end > 0 && " \t\r\n".includes(value.charAt(end - 1))) end -= 1;
  return { name: value.slice(0, end), address: value.slice(open + 1, close) };
}
