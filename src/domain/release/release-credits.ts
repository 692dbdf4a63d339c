import { type ClaimRules, readClaims } from "../credit/claims.ts";
import type { Commit } from "../credit/commit.ts";
import { readCredits } from "../credit/credits.ts";
import type { People, Person } from "../credit/people.ts";
import { toPublicPerson } from "../credit/public-person.ts";
import type { ReleaseCredit, ReleasePerson } from "./acknowledge.ts";
import type { PortedCommit } from "./ported-commit.ts";
import { pullOf } from "./pull-of.ts";

/** Gathers the credits of a range, and who had credit before it. */
export interface ReleaseCredits {
  /** A commit of the range, on its own or brought from elsewhere. All of them come before any that is older. */
  add(work: PortedCommit): void;
  /** A commit from before the range. */
  addEarlier(commit: Commit): void;
  /** Ends it. `hasEarlier` is false for a first release, in which nobody is welcomed, as everybody is new. */
  finish(options: { hasEarlier: boolean }): readonly ReleaseCredit[];
}

/** Reads credits by the same rules as a tally; memory grows with the commits of the range, and not with those before it. */
export function createReleaseCredits({ claims, people }: { claims: ClaimRules; people: People }): ReleaseCredits {
  const works: PortedCommit[] = [];
  const earlier = new Set<Person>();

  const meet = (commit: Commit): Person[] =>
    readClaims(commit, claims).flatMap(({ identity }) => (identity === null ? [] : [people.meet(identity)]));

  return {
    add(work) {
      works.push(work);
      meet(work.commit);
      if (work.porter !== null) people.meet(work.porter);
    },
    addEarlier(commit) {
      for (const person of meet(commit)) earlier.add(person);
    },
    finish({ hasEarlier }) {
      const settled = people.settle();
      const known = new Set(Array.from(earlier, (person) => settled.settled(person)));
      const shown = new Map<Person, ReleasePerson>();
      const show = (person: Person): ReleasePerson => {
        const description = shown.get(person) ?? {
          ...toPublicPerson(person),
          isNewcomer: hasEarlier && !known.has(person),
        };
        shown.set(person, description);
        return description;
      };
      return works.flatMap(({ commit, porter }) => {
        const of = { work: commit.id, pull: pullOf(commit) };
        const credits = readCredits(commit, { claims, people: settled, countSelf: false });
        const given = credits.map(({ person, role }): ReleaseCredit => ({ ...of, person: show(person), role }));
        const brought = porter === null ? null : settled.find(porter);
        if (brought === null || brought === settled.find(commit.author)) return given;
        return [...given, { ...of, person: show(brought), role: "maintenance" as const }];
      });
    },
  };
}
