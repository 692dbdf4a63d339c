import { type ClaimRules, type Found, readClaims } from "./claims.ts";
import type { Commit } from "./commit.ts";
import type { Person, SettledPeople } from "./people.ts";
import type { Role } from "./roles.ts";

/** One person, one role, one piece of evidence. */
export interface Credit {
  readonly commit: string;
  readonly role: Role;
  readonly person: Person;
  /** The trailer's key as written; `author` for the author line. */
  readonly key: string;
  readonly found: Found;
  /** The evidence as it stands in the commit: the trailer's value, or the author line. */
  readonly text: string;
}

/**
 * The credits of one commit, the author's first, then in the order of the message. Evidence that is there twice, word
 * for word, counts once; a trailer that names the author gives none unless `countSelf` is true.
 */
export function readCredits(
  commit: Commit,
  rules: { claims: ClaimRules; people: SettledPeople; countSelf: boolean },
): Credit[] {
  const author = rules.people.find(commit.author);
  const credits = new Map<string, Credit>();
  for (const { role, key, text, found, identity } of readClaims(commit, rules.claims)) {
    if (identity === null) continue;
    const person = rules.people.find(identity);
    if (found !== "author" && person === author && !rules.countSelf) continue;
    const credit: Credit = { commit: commit.id, role, person, key, found, text };
    const evidence = JSON.stringify([role, person.key, key.toLowerCase(), text]);
    if (!credits.has(evidence) || found === "strict") credits.set(evidence, credit);
  }
  return [...credits.values()];
}
