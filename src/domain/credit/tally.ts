import { compareByCodePoint } from "../compare-by-code-point.ts";
import { type Claim, type ClaimRules, mayClaimMore, readClaims } from "./claims.ts";
import type { Commit } from "./commit.ts";
import { describePerson, type PersonDescription } from "./describe-person.ts";
import type { People, Person, SettledPeople } from "./people.ts";
import { type Role, roles } from "./roles.ts";

/** How assistants stand beside people: apart from them, counted as people, or left out. */
export type AssistantPolicy = "section" | "count" | "hide";

/** What one person did in a history. */
export interface TallyEntry extends PersonDescription {
  readonly person: Person;
  /** The number of distinct commits in which they have any of the chosen roles. */
  readonly commits: number;
  /** The number of distinct commits by role; a role they never had is not there. */
  readonly roles: Readonly<Partial<Record<Role, number>>>;
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
  readonly roles: Partial<Record<Role, number>>;
}

/**
 * Adds up the credit of a history, one commit at a time and newest first. Memory grows with the number of people, of
 * malformed trailers and of distinct author lists, never with the number of commits.
 */
export function createTally(rules: TallyRules): TallyInProgress {
  const { people, chosenRoles } = rules;
  const counts = new Map<Person, Counts>();
  const unattributed: Unattributed[] = [];
  // Commits whose author may turn out to be one of the others wait here, as text, equal ones folded into one.
  const undecided = new Map<string, number>();
  const waiting = new Map<string, Person>();
  let commits = 0;

  const count = (person: Person, personRoles: Iterable<Role>, times: number): void => {
    const entry = counts.get(person) ?? { commits: 0, roles: {} };
    let any = false;
    for (const role of personRoles) {
      if (!chosenRoles.has(role)) continue;
      any = true;
      entry.roles[role] = (entry.roles[role] ?? 0) + times;
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
      for (const person of shares.keys()) waiting.set(person.key, person);
      const signature = writeShares(shares);
      undecided.set(signature, (undecided.get(signature) ?? 0) + 1);
    },

    finish() {
      const settled = people.settle();
      for (const [signature, times] of undecided) countShares(readShares(signature, waiting, settled), times);
      const entries = joinCounts(counts, settled).map(([person, sum]) => ({
        person,
        ...describePerson(person),
        ...sum,
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

/** Shares as text: a line for each person, the key and then the numbers of the roles. No key holds a NUL or a line break. */
function writeShares(shares: Shares): string {
  return Array.from(shares, ([person, personRoles]) => {
    return [person.key, ...Array.from(personRoles, (role) => roles.indexOf(role))].join("\0");
  }).join("\n");
}

function readShares(text: string, waiting: ReadonlyMap<string, Person>, people: SettledPeople): Shares {
  const shares: Shares = new Map();
  for (const line of text.split("\n")) {
    const [key = "", ...numbers] = line.split("\0");
    const person = waiting.get(key);
    if (person === undefined) continue;
    addRoles(
      shares,
      people.settled(person),
      numbers.map((number) => roles[Number(number)]).filter((role) => role !== undefined),
    );
  }
  return shares;
}

function addRoles(shares: Shares, person: Person, added: Iterable<Role>): void {
  const known = shares.get(person) ?? new Set<Role>();
  for (const role of added) known.add(role);
  shares.set(person, known);
}

/** Adds up what was counted for one person before it was known to be one person; no commit was counted for both. */
function joinCounts(counts: ReadonlyMap<Person, Counts>, people: SettledPeople): [Person, Counts][] {
  const joined = new Map<Person, Counts>();
  for (const [person, added] of counts) {
    const owner = people.settled(person);
    const sum = joined.get(owner) ?? { commits: 0, roles: {} };
    sum.commits += added.commits;
    for (const role of roles) {
      const number = added.roles[role];
      if (number !== undefined) sum.roles[role] = (sum.roles[role] ?? 0) + number;
    }
    joined.set(owner, sum);
  }
  return [...joined];
}
