import { shorten } from "../credit/named-person.ts";
import type { Role } from "../credit/roles.ts";
import type { Subject } from "../ledger/subject.ts";
import type { ReleaseCredit, ReleasePerson } from "./acknowledge.ts";
import { type RangeWork, workKey } from "./range-works.ts";

/** One person's role in one work, as the ledger has it. */
export interface WorkCredit {
  readonly subject: Subject;
  readonly personKey: string;
  readonly accountId: number | null;
  readonly name: string;
  /** Null where no account is known. */
  readonly login: string | null;
  readonly role: Role;
  readonly isAssistant: boolean;
  readonly countedAt: Date;
}

/** When each person first did something for these works, by their keys; assistants are nobody's newcomers. */
export function firstMoments(credits: readonly WorkCredit[]): ReadonlyMap<string, Date> {
  const firsts = new Map<string, Date>();
  for (const { personKey, isAssistant, countedAt } of credits) {
    const known = firsts.get(personKey);
    if (!isAssistant && (known === undefined || countedAt < known)) firsts.set(personKey, countedAt);
  }
  return firsts;
}

export interface WorkCreditRules {
  /** Where people's profiles are: `https://github.com`. */
  readonly web: string;
  /** By `personKey`. */
  readonly newcomers: ReadonlySet<string>;
}

const longestName = 60;
const writing: ReadonlySet<Role> = new Set<Role>(["author", "co-author"]);

/**
 * Whom to thank for the works of a range. What was brought from elsewhere is thanked for as the work that it was, and whoever
 * brought it did maintenance. Of an original that nothing is known about, what brought it stands in its place.
 */
export function creditsOfWorks(
  works: readonly RangeWork[],
  credits: readonly WorkCredit[],
  rules: WorkCreditRules,
): readonly ReleaseCredit[] {
  const byWork = Map.groupBy(credits, ({ subject }) => workKey(subject));
  const creditsOf = (subject: Subject): readonly WorkCredit[] => byWork.get(workKey(subject)) ?? [];
  const people = new Map<string, ReleasePerson>();
  const personOf = (credit: WorkCredit): ReleasePerson => {
    const person = people.get(credit.personKey) ?? describe(credit, rules);
    people.set(credit.personKey, person);
    return person;
  };
  const thank = (credit: WorkCredit, role: Role = credit.role): ReleaseCredit => {
    const { subject } = credit;
    const pull = subject.kind === "pull request" ? subject.number : null;
    return { person: personOf(credit), role, work: workKey(subject), pull };
  };
  return works.flatMap(({ subject, originals }) => {
    const own = creditsOf(subject);
    const original = originals.flatMap(creditsOf);
    if (original.length === 0) return own.map((credit) => thank(credit));
    const wrote = new Set(original.filter(({ role }) => writing.has(role)).map(({ personKey }) => personKey));
    const brought = own
      .filter(({ role, personKey }) => !(writing.has(role) && wrote.has(personKey)))
      .map((credit) => thank(credit, writing.has(credit.role) ? "maintenance" : credit.role));
    return [...original.map((credit) => thank(credit)), ...brought];
  });
}

function describe({ personKey, name, login, isAssistant }: WorkCredit, { web, newcomers }: WorkCreditRules) {
  return {
    key: personKey,
    name: shorten(name.toWellFormed(), longestName) || (login ?? ""),
    login,
    url: login === null || isAssistant ? null : `${web}/${encodeURIComponent(login)}`,
    isAssistant,
    isNewcomer: !isAssistant && newcomers.has(personKey),
  };
}
