import type { Commit } from "./commit.ts";
import { type Identity, parseIdentity } from "./identity.ts";
import { type Role, type RolesByKey, rolesByTrailerKey } from "./roles.ts";
import { readShortlogTrailers } from "./shortlog-trailers.ts";
import { parseStrictTrailers, type Trailer } from "./strict-trailers.ts";
import { findTolerantTrailers } from "./tolerant-trailers.ts";
import { defaultTrailerGrammar, type TrailerGrammar } from "./trailer-grammar.ts";

/** Which reading found the evidence for a claim: the commit's author line, git's own parse, or the tolerant one. */
export type Found = "author" | "strict" | "tolerant";

/** What a commit says about one person in one role, before it is known who is the same person as whom. */
export interface Claim {
  readonly role: Role;
  /** The trailer's key as written; `author` for the author line. */
  readonly key: string;
  /** The trailer's value, or the author line, as it stands. */
  readonly text: string;
  readonly found: Found;
  /** Null when the value names nobody by a well-formed `Name <address>`: the claim is kept as unattributed. */
  readonly identity: Identity | null;
}

export interface ClaimRules {
  /** `shortlog` reads and counts exactly what `git shortlog` does, malformed values included. */
  readonly parse: "strict" | "tolerant" | "shortlog";
  readonly rolesByKey: RolesByKey;
  readonly grammar: TrailerGrammar;
  /** Finds a line behind the first that might hold a claim, so that most messages need no parse. */
  readonly candidate: RegExp;
}

/** Puts rules together; `additional` are the trailer keys that a repository adds, as in `rolesByTrailerKey`. */
export function createClaimRules(options: {
  parse: ClaimRules["parse"];
  additional?: Readonly<Record<string, Role>>;
  grammar?: TrailerGrammar;
}): ClaimRules {
  const { parse, additional = {}, grammar = defaultTrailerGrammar } = options;
  const rolesByKey = new Map(rolesByTrailerKey(additional));
  if (parse === "shortlog") {
    for (const [key, roles] of rolesByKey) {
      if (roles.includes("co-author") && key !== "co-authored-by") rolesByKey.delete(key);
    }
  }
  // A configured key may be shortened or renamed and a separator may be any character: then each message is parsed.
  const isPlain = grammar.configured.length === 0 && grammar.separators === ":";
  const candidate = isPlain ? new RegExp(`\\n(?:${[...rolesByKey.keys()].join("|")})[ \\t]*:`, "i") : /^/;
  return { parse, rolesByKey, grammar, candidate };
}

/** Whether a commit may claim more than that its author wrote it; most do not, and need no closer look. */
export function mayClaimMore(commit: Commit, { parse, candidate }: ClaimRules): boolean {
  return candidate.test(parse === "shortlog" ? `\n${commit.message}` : commit.message);
}

/** Reads all that a commit claims: its author first, then its trailers in the order of the message. */
export function readClaims(commit: Commit, rules: ClaimRules): Claim[] {
  const { author, message } = commit;
  const text = `${author.name} <${author.address}>`;
  const claims: Claim[] = [{ role: "author", key: "author", text, found: "author", identity: author }];
  if (!mayClaimMore(commit, rules)) return claims;

  if (rules.parse === "shortlog") {
    for (const { trailer, identity } of readShortlogTrailers(message, rules.grammar)) {
      addClaims(claims, { trailer, identity, found: "strict", rules });
    }
    return claims;
  }
  for (const { trailer, found } of findTrailers(message, rules)) {
    addClaims(claims, { trailer, identity: parseIdentity(trailer.value), found, rules });
  }
  return claims;
}

function findTrailers(message: string, rules: ClaimRules): { trailer: Trailer; found: Found }[] {
  const strict = parseStrictTrailers(message, rules.grammar)
    // A configured key may end with its separator: `key = "Co-authored-by: "`.
    .map((trailer) => ({ ...trailer, key: trailer.key.replace(/[^A-Za-z0-9-]{1,9}$/, "") }))
    .filter((trailer) => rules.rolesByKey.has(trailer.key.toLowerCase()));
  const found: { trailer: Trailer; found: Found }[] = strict.map((trailer) => ({ trailer, found: "strict" }));
  if (rules.parse === "strict") return found;
  const strictLines = new Set(strict.map((trailer) => trailer.line));
  for (const trailer of findTolerantTrailers(message, rules.rolesByKey)) {
    if (!strictLines.has(trailer.line)) found.push({ trailer, found: "tolerant" });
  }
  return found.toSorted((left, right) => left.trailer.line - right.trailer.line);
}

function addClaims(
  claims: Claim[],
  source: { trailer: Trailer; identity: Identity | null; found: Found; rules: ClaimRules },
): void {
  const { trailer, identity, found, rules } = source;
  for (const role of rules.rolesByKey.get(trailer.key.toLowerCase()) ?? []) {
    claims.push({ role, key: trailer.key, text: trailer.text, found, identity });
  }
}
