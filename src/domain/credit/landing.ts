import type { Found } from "./claims.ts";
import type { ReadTrailers } from "./commit-claims.ts";
import type { CreditedPerson } from "./pull-request-credit.ts";
import type { PullRequestPeople } from "./pull-request-people.ts";
import type { Role } from "./roles.ts";

/** A commit that lands, or would. */
export interface LandingCommit {
  readonly author: CreditedPerson | null;
  readonly message: string;
}

/** Who stands in what lands: tells how somebody in a role is found there, or null. */
export type Landing = (person: CreditedPerson, role: Role) => Found | null;

const better: readonly Found[] = ["author", "strict", "tolerant"];

/** Reads commits that land. Author and co-author are one there: a squash makes the one of the other. */
export function readLanding(
  commits: readonly LandingCommit[],
  { people, readTrailers }: { people: PullRequestPeople; readTrailers: ReadTrailers },
): Landing {
  const places = new Map<string, Found>();
  const place = (person: CreditedPerson, role: Role, found: Found): void => {
    const key = placeOf(person, role);
    const known = places.get(key);
    if (known === undefined || better.indexOf(found) < better.indexOf(known)) places.set(key, found);
  };
  for (const { author, message } of commits) {
    if (author !== null) place(author, "author", "author");
    for (const { identity, role, found } of readTrailers(message)) {
      if (identity !== null) place(people.byIdentity(identity), role, found);
    }
  }
  return (person, role) => places.get(placeOf(person, role)) ?? null;
}

function placeOf({ key }: CreditedPerson, role: Role): string {
  return `${role === "co-author" ? "author" : role} ${key}`;
}
