import { compareByCodePoint } from "../compare-by-code-point.ts";
import { compareNames } from "../compare-names.ts";
import { isExcluded } from "../config/is-excluded.ts";
import { isLogin } from "../credit/named-person.ts";
import type { PublicPerson } from "../credit/public-person.ts";
import type { CreditSettings } from "../credit/pull-request-credit.ts";
import { type Role, roles } from "../credit/roles.ts";

/** Somebody who may be thanked. */
export interface ReleasePerson extends PublicPerson {
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
  /** The login to mention them by, which tells them; null where they are linked, or only named. */
  readonly mention: string | null;
  /** Whether they are of the team that the rules name. */
  readonly isTeam: boolean;
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

/** People, and the same people by whether they are of the team; without one all are of the community. */
interface Thanked {
  readonly people: readonly ThankedPerson[];
  readonly team: readonly ThankedPerson[];
  readonly community: readonly ThankedPerson[];
}

/** Everybody to thank for a release. */
export interface Acknowledgements extends Thanked {
  /** The tag; null for what has none yet. */
  readonly release: string | null;
  /** As `v1.3.0..v1.4.0`. */
  readonly range: string;
  /** The same people by what they did, of which works and pull requests are; a section without anybody is not there. */
  readonly sections: readonly (Thanked & { readonly name: (typeof sections)[number]["name"] })[];
  readonly newcomers: readonly ThankedPerson[];
  readonly assistants: readonly ThankedPerson[];
}

export interface AcknowledgementRules extends Pick<Acknowledgements, "release" | "range"> {
  readonly sort: "credits" | "name";
  /** Logins or names of whoever is not to be listed; `*` stands for anything. */
  readonly exclude: readonly string[];
  /** The same of whoever is of the team; nobody where it is not given. */
  readonly team?: readonly string[];
  /** Logins of accounts that get no credit. */
  readonly uncredited?: readonly string[];
  /** Whether assistants are apart, people among others, or not there; apart where it is not given. */
  readonly assistants?: CreditSettings["assistants"];
  /** Whether people are mentioned whose account is certain, in place of a link. */
  readonly mentions?: boolean;
}

/** Adds up who is to be thanked for what. */
export function acknowledge(credits: readonly ReleaseCredit[], rules: AcknowledgementRules): Acknowledgements {
  const { release, range, exclude, uncredited = [], assistants = "section" } = rules;
  const listed = credits.filter(({ person }) => !isNamed(exclude, person) && !hasNoCredit(uncredited, person));
  const isApart = ({ person }: ReleaseCredit): boolean => person.isAssistant && assistants !== "count";
  const ofPeople = listed.filter((credit) => !isApart(credit));
  const thanked = splitByTeam(thank(ofPeople, rules));
  const told = sections.map(({ name, roles: own }) => {
    const inSection = ofPeople.filter(({ role }) => own.some((one) => one === role));
    return { name, ...splitByTeam(thank(inSection, rules)) };
  });
  return {
    release,
    range,
    ...thanked,
    sections: told.filter((section) => section.people.length > 0),
    newcomers: thanked.people.filter(({ isNewcomer }) => isNewcomer),
    assistants: assistants === "hide" ? [] : thank(listed.filter(isApart), rules),
  };
}

function isNamed(patterns: readonly string[], { name, login }: ReleasePerson): boolean {
  return [name, login ?? ""].some((text) => text !== "" && isExcluded(patterns, text));
}

/** An assistant's name is its login where nothing else is known of it, as `release-machine[bot]`. */
function hasNoCredit(patterns: readonly string[], { name, login, isAssistant }: ReleasePerson): boolean {
  return [isAssistant ? name : "", login ?? ""].some((text) => text !== "" && isExcluded(patterns, text));
}

function splitByTeam(people: readonly ThankedPerson[]): Thanked {
  return {
    people,
    team: people.filter(({ isTeam }) => isTeam),
    community: people.filter(({ isTeam }) => !isTeam),
  };
}

/** One entry for each person, in order. */
function thank(credits: readonly ReleaseCredit[], rules: AcknowledgementRules): readonly ThankedPerson[] {
  const byPerson = Map.groupBy(credits, ({ person }) => person.key);
  return Array.from(byPerson.values(), (own) => addUp(own, rules))
    .toSorted(
      (left, right) =>
        (rules.sort === "name" ? 0 : right.thanked.works - left.thanked.works) ||
        compareNames(left.person.name, right.person.name) ||
        compareByCodePoint(left.person.key, right.person.key),
    )
    .map(({ thanked }) => thanked);
}

/** What one person did; there is at least one credit. */
function addUp(
  credits: readonly ReleaseCredit[],
  { team = [], mentions = false }: Pick<AcknowledgementRules, "team" | "mentions">,
): { person: ReleasePerson; thanked: ThankedPerson } {
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
      mention: mentions ? mentionOf(person) : null,
      isNewcomer: person.isNewcomer,
      isTeam: isNamed(team, person),
      works: countWorks(credits),
      roles: Object.fromEntries(roles.map((role) => [role, worksIn(role)] as const).filter(([, count]) => count > 0)),
      pulls: [...pulls].toSorted((left, right) => left - right),
    },
  };
}

/** Only a login that is theirs for certain: a mention tells whoever has it. */
function mentionOf({ login, url, isAssistant }: ReleasePerson): string | null {
  return login !== null && url !== null && !isAssistant && isLogin(login) ? login : null;
}

function countWorks(credits: readonly ReleaseCredit[]): number {
  return new Set(credits.map(({ work }) => work)).size;
}
