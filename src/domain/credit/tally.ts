import { compareByCodePoint } from "../compare-by-code-point.ts";
import { type Claim, type ClaimRules, mayClaimMore, readClaims } from "./claims.ts";
import type { Commit } from "./commit.ts";
import { describePerson, type PersonDescription } from "./describe-person.ts";
import type { People, Person, SettledPeople } from "./people.ts";
import type { Role } from "./roles.ts";

/** How assistants stand beside people: apart from them, counted as people, or left out. */
export type AssistantPolicy = "section" | "count" | "hide";

/** What one person did in a history. */
export interface TallyEntry extends PersonDescription {
  readonly person: Person;
  /** The number of distinct commits in which they have any of the chosen roles. */
  readonly commits: number;
  /** The number of distinct commits by role; a role they never had is not there. */
  readonly roles: ReadonlyMap<Role, number>;
}

/** A claim that names nobody by a well-formed identity. */
interface Unattributed {
  readonly commit: string;
  readonly role: Role;
  readonly text: string;
}

export interface Tally {
  /** The number of commits read. */
  readonly commits: number;
  /** Most commits first, then by name, then by address, both by code point. */
  readonly people: readonly TallyEntry[];
  readonly assistants: readonly TallyEntry[];
  /** In the order of the history, newest first. */
  readonly unattributed: readonly Unattributed[];
  /** Who everybody turned out to be. */
  readonly settled: SettledPeople;
}

export interface TallyRules {
  readonly claims: ClaimRules;
  readonly people: People;
  /** Only credit in these roles counts. */
  readonly chosenRoles: ReadonlySet<Role>;
  readonly assistants: AssistantPolicy;
  /** Whether a trailer that names the commit's own author counts, as it does for `git shortlog`. */
  readonly countSelf: boolean;
}

const authorAlone: readonly Role[] = ["author"];

/** A commit's people with their roles, the author first. */
type Shares = Map<Person, Set<Role>>;

/** A count that goes on. */
export interface TallyInProgress {
  add(commit: Commit): void;
  /** Ends the count. */
  finish(): Tally;
}

interface Counts {
  commits: number;
  readonly roles: Map<Role, number>;
}

/**
 * Adds up the credit of a history, one commit at a time and newest first. Memory grows with the number of people, of
 * malformed trailers and of distinct author lists, never with the number of commits.
 */
export function createTally(rules: TallyRules): TallyInProgress {
  const { people, chosenRoles } = rules;
  const counts = new Map<Person, Counts>();
  const unattributed: Unattributed[] = [];
  // Commits whose author may turn out to be one of the others wait here, equal ones folded into one with its number.
  const undecided = new Map<string, { shares: Shares; times: number }>();
  let commits = 0;

  const count = (person: Person, personRoles: Iterable<Role>, times: number): void => {
    const entry = counts.get(person) ?? { commits: 0, roles: new Map<Role, number>() };
    let any = false;
    for (const role of personRoles) {
      if (!chosenRoles.has(role)) continue;
      any = true;
      entry.roles.set(role, (entry.roles.get(role) ?? 0) + times);
    }
    if (!any) return;
    entry.commits += times;
    counts.set(person, entry);
  };

  const countShares = (shares: Shares, times: number): void => {
    const [author] = shares.keys();
    for (const [person, personRoles] of shares) {
      count(person, person === author && !rules.countSelf ? authorAlone : personRoles, times);
    }
  };

  return {
    add(commit) {
      commits += 1;
      if (!mayClaimMore(commit, rules.claims)) {
        count(people.meet(commit.author), authorAlone, 1);
        return;
      }
      const claims = readClaims(commit, rules.claims);
      for (const { identity, role, text } of claims) {
        if (identity === null && chosenRoles.has(role)) unattributed.push({ commit: commit.id, role, text });
      }
      const shares = shareOut(claims, people);
      if (shares.size === 1 || [...shares.keys()].every((person) => person.loginAlone === null)) {
        countShares(shares, 1);
        return;
      }
      const signature = JSON.stringify([...shares].map(([person, personRoles]) => [person.key, ...personRoles]));
      const folded = undecided.get(signature) ?? { shares, times: 0 };
      folded.times += 1;
      undecided.set(signature, folded);
    },

    finish() {
      const settled = people.settle();
      for (const { shares, times } of undecided.values()) countShares(settleShares(shares, settled), times);
      const entries = joinCounts(counts, settled).map(([person, { commits: number, roles }]) => ({
        person,
        ...describePerson(person),
        commits: number,
        roles,
      }));
      entries.sort(
        (left, right) =>
          right.commits - left.commits ||
          compareByCodePoint(left.name, right.name) ||
          compareByCodePoint(left.email, right.email),
      );
      const isApart = (entry: TallyEntry): boolean => entry.person.assistant !== null && rules.assistants !== "count";
      return {
        commits,
        people: entries.filter((entry) => !isApart(entry)),
        assistants: rules.assistants === "hide" ? [] : entries.filter(isApart),
        unattributed,
        settled,
      };
    },
  };
}

function shareOut(claims: readonly Claim[], people: People): Shares {
  const shares: Shares = new Map();
  for (const { identity, role } of claims) {
    if (identity !== null) addRoles(shares, people.meet(identity), [role]);
  }
  return shares;
}

function settleShares(shares: Shares, people: SettledPeople): Shares {
  const settled: Shares = new Map();
  for (const [person, personRoles] of shares) addRoles(settled, people.settled(person), personRoles);
  return settled;
}

function addRoles(shares: Shares, person: Person, added: Iterable<Role>): void {
  const known = shares.get(person) ?? new Set<Role>();
  for (const role of added) known.add(role);
  shares.set(person, known);
}

/** Adds up what was counted for one person before it was known to be one person; no commit was counted for both. */
function joinCounts(counts: ReadonlyMap<Person, Counts>, people: SettledPeople): [Person, Counts][] {
  const joined = new Map<Person, Counts>();
  for (const [person, { commits, roles }] of counts) {
    const owner = people.settled(person);
    const sum = joined.get(owner) ?? { commits: 0, roles: new Map<Role, number>() };
    sum.commits += commits;
    for (const [role, number] of roles) sum.roles.set(role, (sum.roles.get(role) ?? 0) + number);
    joined.set(owner, sum);
  }
  return [...joined];
}
