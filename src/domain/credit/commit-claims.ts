import { type Claim, createClaimRules, readClaims } from "./claims.ts";
import type { Identity } from "./identity.ts";
import type { CommitFacts, Participation } from "./pull-request-facts.ts";
import type { Role } from "./roles.ts";

/** Reads what trailers in a commit's message claim, by both parses. */
export type ReadTrailers = (message: string) => Claim[];

/** `additional` are the trailer keys that a repository adds, as in `rolesByTrailerKey`. */
export function createTrailerReader(additional: Readonly<Record<string, Role>>): ReadTrailers {
  const rules = createClaimRules({ parse: "tolerant", additional });
  const author = { name: "", address: null };
  return (message) => readClaims({ id: "", author, message }, rules).slice(1);
}

/**
 * The commits that hold work of the pull request's own. A merge of the base into the branch holds none: it gives no
 * credit to whoever made it with a click, nor to those whom its message quotes.
 */
export function ownCommits({ commits }: Pick<Participation, "commits">): readonly CommitFacts[] {
  return commits.filter(({ parents }) => parents < 2);
}

/** Everybody whom the commits name, before and after the merge, as often as they do. */
export function identitiesIn(facts: Participation, readTrailers: ReadTrailers): Identity[] {
  const before = [facts, ...facts.superseded].flatMap(ownCommits);
  return [...before, ...(facts.landed?.commits ?? [])].flatMap(({ authors, message }) => {
    const named = readTrailers(message).map(({ identity }) => identity);
    return [...authors, ...named.filter((identity) => identity !== null)].map(({ name, address }) => ({
      name,
      address,
    }));
  });
}
