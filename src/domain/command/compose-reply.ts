import { evidenceOf, type NamedEvidence } from "../credit/named-evidence.ts";
import { type NamedPerson, nameOf } from "../credit/named-person.ts";
import type { CreditedPerson } from "../credit/pull-request-credit.ts";
import { type Role, roles } from "../credit/roles.ts";
import { type Some, some } from "../credit/some.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { PlaybookReplyPart } from "../playbook/playbook-reply.ts";
import type { Conversation } from "./conversation.ts";
import { type CreditHelp, creditHelp } from "./credit-help.ts";

/** What a reply to commands says, as data: its parts in the order of the commands. */
export interface Reply {
  readonly parts: readonly ReplyPart[];
  /** Shown with what went wrong, for people to quote; null where all went well. */
  readonly reference: string | null;
  /** Whether other commands of the same comment were carried out. */
  readonly othersDone: boolean;
}

export type ReplyPart =
  /** The command as it is written, and what is wrong with it, in Markdown that is safe as it is. */
  | { readonly kind: "mistake"; readonly source: string; readonly text: string }
  | { readonly kind: "why"; readonly about: NamedPerson | null; readonly rows: Some<WhyRow> }
  | {
      readonly kind: "tally";
      readonly about: NamedPerson | null;
      /** How many pull requests, commits and issues, and of how many people. */
      readonly works: number;
      readonly people: number;
      readonly rows: Some<TallyRow>;
      readonly taught: Some<MentoringRow>;
      readonly taughtBy: Some<MentoringRow>;
    }
  | {
      readonly kind: "release";
      readonly tag: string;
      readonly url: string;
      readonly people: number;
      readonly outcome: "written" | "unchanged" | "frozen" | "nobody";
    }
  | ({ readonly kind: "help" } & CreditHelp)
  | PlaybookReplyPart;

/** Whether a part says why something was not done. */
export function isRefusal({ kind }: ReplyPart): boolean {
  return kind === "mistake" || kind === "answers";
}

interface WhyRow {
  readonly who: NamedPerson;
  readonly role: Role;
  readonly evidence: readonly NamedEvidence[];
}

interface TallyRow {
  readonly who: NamedPerson;
  readonly works: number;
  readonly roles: readonly { readonly role: Role; readonly count: number }[];
  /** As `2026-03-01`. */
  readonly since: string;
}

interface MentoringRow {
  readonly who: NamedPerson;
  readonly works: number;
  readonly since: string;
}

/** Somebody as the ledger names them. */
export interface LedgerName {
  readonly login: string | null;
  readonly name: string;
}

const mostRows = 50;

/** Says why people have credit here, or one of them. */
export function composeWhy(
  conversation: Conversation,
  {
    about,
    entries,
    nameOfEntry,
  }: {
    readonly about: LedgerName | null;
    readonly entries: readonly LedgerEntry[];
    readonly nameOfEntry: (entry: LedgerEntry) => LedgerName;
  },
): ReplyPart {
  const name = namesIn(conversation);
  const inOrder = entries.toSorted((left, right) => roles.indexOf(left.role) - roles.indexOf(right.role));
  const rows = inOrder.map((entry) => ({
    who: name(nameOfEntry(entry)),
    role: entry.role,
    evidence: evidenceOf(entry.evidence, pageOf(conversation)),
  }));
  return { kind: "why", about: about && name(about), rows: some(rows, mostRows) };
}

export interface TallyFacts {
  readonly about: LedgerName | null;
  readonly works: number;
  readonly peopleCount: number;
  readonly people: readonly (LedgerName & {
    readonly works: number;
    readonly roles: Readonly<Partial<Record<Role, number>>>;
    readonly first: Date;
  })[];
  readonly taught: readonly MentoringFacts[];
  readonly taughtBy: readonly MentoringFacts[];
}

interface MentoringFacts {
  readonly person: LedgerName;
  readonly since: Date;
  readonly works: number;
}

/** Says who did how much, or one of them, and whom they taught. */
export function composeTally(conversation: Conversation, facts: TallyFacts): ReplyPart {
  const name = namesIn(conversation);
  const toMentoring = ({ person, since, works }: MentoringFacts): MentoringRow => {
    return { who: name(person), works, since: dayOf(since) };
  };
  const rows = facts.people.map((person) => ({
    who: name(person),
    works: person.works,
    roles: roles.flatMap((role) => {
      const count = person.roles[role] ?? 0;
      return count === 0 ? [] : [{ role, count }];
    }),
    since: dayOf(person.first),
  }));
  const { shown, more } = some(rows, mostRows);
  const unread = facts.about === null ? Math.max(0, facts.peopleCount - rows.length) : 0;
  return {
    kind: "tally",
    about: facts.about && name(facts.about),
    works: facts.works,
    people: facts.peopleCount,
    rows: { shown, more: more + unread },
    taught: some(facts.taught.map(toMentoring), mostRows),
    taughtBy: some(facts.taughtBy.map(toMentoring), mostRows),
  };
}

/** Every command and every role. */
export const helpPart: ReplyPart = { kind: "help", ...creditHelp };

function namesIn({ repository }: Conversation): (person: LedgerName) => NamedPerson {
  const name = nameOf(repository);
  return ({ login, name: own }) => {
    const person: CreditedPerson = {
      key: "",
      id: null,
      login,
      name: own || (login ?? ""),
      assistant: null,
      identities: [],
    };
    return name(person);
  };
}

function pageOf({ repository, kind, number }: Conversation): string {
  return `${repository.url}/${kind === "issue" ? "issues" : "pull"}/${number}`;
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
