import type { CreditedPerson, PullRequestCredit } from "../credit/pull-request-credit.ts";
import { type Role, roles } from "../credit/roles.ts";

/** What somebody said by a command about somebody's credit: the last word on a person and a role counts. */
export interface Correction {
  /** The comment that it stands in. */
  readonly commentId: number;
  /** Which one in the comment it is. */
  readonly position: number;
  readonly action: "credit" | "remove";
  /** Whom it is about. */
  readonly accountId: number;
  readonly login: string;
  /** What to call them; null where only the login is known. */
  readonly name: string | null;
  /** Null where all roles are removed. */
  readonly role: Role | null;
  /** Whom they taught, where it says so. */
  readonly mentee: { readonly accountId: number; readonly login: string; readonly name: string | null } | null;
  /** Who said it; null for somebody who was forgotten since. */
  readonly byAccountId: number | null;
  readonly url: string;
  readonly madeAt: Date;
}

/** Credits as they are once everything that was said about them is heard, in the order in which it was said. */
export function applyCorrections(
  credits: readonly PullRequestCredit[],
  corrections: readonly Correction[],
): PullRequestCredit[] {
  const corrected = new Map(credits.map((credit) => [keyOf(credit.person.key, credit.role), credit]));
  const people = new Map(credits.map(({ person }) => [person.key, person]));
  for (const correction of corrections) {
    const personKey = `id ${correction.accountId}`;
    if (correction.action === "remove") {
      const removed = correction.role === null ? roles : [correction.role];
      for (const role of removed) corrected.delete(keyOf(personKey, role));
    } else if (correction.role !== null) {
      const key = keyOf(personKey, correction.role);
      const person = people.get(personKey) ?? toPerson(correction);
      corrected.set(
        key,
        withCommand(corrected.get(key) ?? { person, role: correction.role, evidence: [] }, correction),
      );
    }
  }
  return [...corrected.values()];
}

function withCommand(credit: PullRequestCredit, { url, mentee }: Correction): PullRequestCredit {
  const isKnown = credit.evidence.some((one) => one.kind === "command" && one.url === url);
  const evidence = isKnown ? credit.evidence : [...credit.evidence, { kind: "command" as const, url, label: "" }];
  if (mentee === null) return { ...credit, evidence };
  const mentees = (credit.mentees ?? []).filter(({ id }) => id !== mentee.accountId);
  return { ...credit, evidence, mentees: [...mentees, toPerson(mentee)] };
}

function toPerson({ accountId, login, name }: Pick<Correction, "accountId" | "login" | "name">): CreditedPerson {
  return { key: `id ${accountId}`, id: accountId, login, name: name ?? login, assistant: null, identities: [] };
}

function keyOf(person: string, role: Role): string {
  return `${role} ${person}`;
}
