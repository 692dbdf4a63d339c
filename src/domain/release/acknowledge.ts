import { compareByCodePoint } from "../compare-by-code-point.ts";
import { isExcluded } from "../config/is-excluded.ts";
import { type Role, roles } from "../credit/roles.ts";

/** Somebody who may be thanked. */
export interface ReleasePerson {
  /** What makes it this person. Never shown. */
  readonly key: string;
  /** Without any address; empty for somebody who gives none. */
  readonly name: string;
  readonly login: string | null;
  /** Their profile; null where no account is known for certain. */
  readonly url: string | null;
  readonly isAssistant: boolean;
  /** Whether nothing before the range gives them credit. */
  readonly isNewcomer: boolean;
}

/** One role of one person in one piece of work. */
export interface ReleaseCredit {
  readonly person: ReleasePerson;
  readonly role: Role;
  /** A commit, a pull request, an issue: what counts once. */
  readonly work: string;
  /** The number of the pull request that brought it, where that is known. */
  readonly pull: number | null;
}

export interface ThankedPerson extends Pick<ReleasePerson, "name" | "login" | "url" | "isNewcomer"> {
  /** The number of distinct works. */
  readonly works: number;
  /** The number of distinct works by role. */
  readonly roles: Readonly<Partial<Record<Role, number>>>;
  /** In ascending order. */
  readonly pulls: readonly number[];
}

/** What people did, in the order in which it is told; roles that are alike stand together. */
const sections = [
  { name: "wrote", roles: ["author", "co-author"] },
  { name: "reviewed", roles: ["reviewer"] },
  { name: "found", roles: ["reporter"] },
  { name: "suggested", roles: ["idea"] },
  { name: "tested", roles: ["tester"] },
  { name: "helped", roles: ["helper", "mentor"] },
  { name: "documented", roles: ["docs"] },
  { name: "designed", roles: ["design"] },
  { name: "maintained", roles: ["maintenance"] },
  { name: "gathered", roles: ["community"] },
  { name: "shared", roles: ["playbook"] },
] as const satisfies readonly { name: string; roles: readonly Role[] }[];

/** Everybody to thank for a release. */
export interface Acknowledgements {
  /** The tag; null for what has none yet. */
  readonly release: string | null;
  /** As `v1.3.0..v1.4.0`. */
  readonly range: string;
  readonly people: readonly ThankedPerson[];
  /** The same people by what they did, of which works and pull requests are; a section without anybody is not there. */
  readonly sections: readonly {
    readonly name: (typeof sections)[number]["name"];
    readonly people: readonly ThankedPerson[];
  }[];
  readonly newcomers: readonly ThankedPerson[];
  readonly assistants: readonly ThankedPerson[];
}

export interface AcknowledgementRules extends Pick<Acknowledgements, "release" | "range"> {
  readonly sort: "credits" | "name";
  /** Logins or names of whoever is not to be listed; `*` stands for anything. */
  readonly exclude: readonly string[];
}

/** Adds up who is to be thanked for what. */
export function acknowledge(credits: readonly ReleaseCredit[], rules: AcknowledgementRules): Acknowledgements {
  const { release, range, sort, exclude } = rules;
  const listed = credits.filter(
    ({ person }) => ![person.name, person.login ?? ""].some((name) => name !== "" && isExcluded(exclude, name)),
  );
  const ofPeople = listed.filter(({ person }) => !person.isAssistant);
  const people = thank(ofPeople, sort);
  const told = sections.map(({ name, roles: own }) => ({
    name,
    people: thank(
      ofPeople.filter(({ role }) => own.some((one) => one === role)),
      sort,
    ),
  }));
  return {
    release,
    range,
    people,
    sections: told.filter((section) => section.people.length > 0),
    newcomers: people.filter(({ isNewcomer }) => isNewcomer),
    assistants: thank(
      listed.filter(({ person }) => person.isAssistant),
      sort,
    ),
  };
}

/** One entry for each person, in order. */
function thank(credits: readonly ReleaseCredit[], sort: AcknowledgementRules["sort"]): readonly ThankedPerson[] {
  const byPerson = Map.groupBy(credits, ({ person }) => person.key);
  return Array.from(byPerson.values(), addUp)
    .toSorted(
      (left, right) =>
        (sort === "name" ? 0 : right.thanked.works - left.thanked.works) ||
        byName(left.person, right.person) ||
        compareByCodePoint(left.person.key, right.person.key),
    )
    .map(({ thanked }) => thanked);
}

const names = new Intl.Collator("en");

function byName({ name: left }: ReleasePerson, { name: right }: ReleasePerson): number {
  return names.compare(left, right) || compareByCodePoint(left, right);
}

/** What one person did; there is at least one credit. */
function addUp(credits: readonly ReleaseCredit[]): { person: ReleasePerson; thanked: ThankedPerson } {
  const [first] = credits;
  if (first === undefined) throw new Error("nobody is thanked for nothing");
  const { person } = first;
  const worksIn = (role: Role): number => countWorks(credits.filter((credit) => credit.role === role));
  const pulls = new Set(credits.map(({ pull }) => pull).filter((pull) => pull !== null));
  return {
    person,
    thanked: {
      name: person.name,
      login: person.login,
      url: person.url,
      isNewcomer: person.isNewcomer,
      works: countWorks(credits),
      roles: Object.fromEntries(roles.map((role) => [role, worksIn(role)] as const).filter(([, count]) => count > 0)),
      pulls: [...pulls].toSorted((left, right) => left - right),
    },
  };
}

function countWorks(credits: readonly ReleaseCredit[]): number {
  return new Set(credits.map(({ work }) => work)).size;
}
