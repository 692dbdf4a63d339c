import type { ConfigurationError } from "../config/configuration-error.ts";
import type { TemplateMistake } from "../template/template-mistake.ts";
import { type CreditWarning, composeWarning, type WarningSource } from "./credit-warning.ts";
import type { LandedCredit } from "./merge-outlook.ts";
import { evidenceOf, type NamedEvidence } from "./named-evidence.ts";
import { linkTarget, type NamedPerson, nameOf } from "./named-person.ts";
import { type Role, roles } from "./roles.ts";
import { type Some, some } from "./some.ts";

/** One line of the table. */
interface CreditRow {
  readonly who: NamedPerson;
  readonly isNewcomer: boolean;
  readonly roles: readonly Role[];
  readonly evidence: readonly NamedEvidence[];
}

/** What the comment on a pull request says, as data: every text of people's in it is without addresses. */
export interface CreditComment {
  readonly rows: Some<CreditRow>;
  readonly assistants: { readonly names: Some<NamedPerson>; readonly accountable: NamedPerson | null } | null;
  readonly warning: CreditWarning | null;
  /** Ready to paste; empty once the pull request is merged or closed. The only place with addresses. */
  readonly trailers: Some<string>;
  /** What to write instead of a trailer at an address that no account has, if the person is the one of that name. */
  readonly instead: Some<{ readonly who: NamedPerson; readonly commit: string; readonly trailers: readonly string[] }>;
  readonly landed: {
    readonly commit: string;
    readonly url: string;
    readonly isSquash: boolean;
    readonly people: number;
    readonly hidden: Some<NamedPerson>;
    readonly leftOut: Some<NamedPerson>;
  } | null;
  /** What this pull request would break in the configuration file. */
  readonly configuration: Some<{ readonly line: number; readonly message: string }>;
  /** What the settings ask for and the installation does not let the app do, as `checks: write`. */
  readonly missingPermissions: readonly string[];
  /** What this pull request would break in the repository's own templates. */
  readonly templates: Some<TemplateMistake>;
  /** Whether the app answers `/credit …`: a command that does nothing is not shown. */
  readonly hasCommands: boolean;
}

export interface CommentSource extends WarningSource {
  /** Null before the merge. */
  readonly landed: LandedCredit | null;
  readonly settings: WarningSource["settings"] & { readonly comment: "auto" | "always" | "never" };
  /** Whether the account with this number has no earlier merged pull request in the repository. */
  readonly isNewcomer: (personId: number) => boolean;
  /** The mistakes that this pull request would bring into the configuration file. */
  readonly configurationErrors?: readonly ConfigurationError[];
  /** Permissions that the settings ask for and the installation has not granted. */
  readonly missingPermissions?: readonly string[];
  /** The mistakes that it would bring into the repository's own templates. */
  readonly templateMistakes?: readonly TemplateMistake[];
  readonly hasCommands: boolean;
}

const mostMistakes = 10;

/** The start of every comment of ours on a pull request's credit; a hash of what it says, and ` -->`, follow. */
export const creditMarker = "<!-- curtain-call:credit v1 ";

/** The hash of what a comment says; null for one that is not ours to edit. */
export function readCreditMarker(body: string): string | null {
  return /^<!-- curtain-call:credit v1 ([\da-f]+) -->/.exec(body)?.[1] ?? null;
}

/**
 * What to say on a pull request, or null for nothing. Unless the settings say otherwise there is something to say about
 * two or more people, about what needs attention, and where a comment stands already and has to stay true.
 */
export function composeCreditComment(source: CommentSource): CreditComment | null {
  const {
    facts,
    credits,
    outlook,
    landed,
    settings,
    hasCommands,
    configurationErrors = [],
    templateMistakes = [],
    missingPermissions = [],
  } = source;
  const rows = composeRows(source);
  const isOpen = facts.state === "open";
  const warning = isOpen ? composeWarning(source) : null;
  const mistakes = isOpen ? configurationErrors.map(({ line, message }) => ({ line, message })) : [];
  const inTemplates = isOpen ? templateMistakes : [];
  const needsAttention =
    warning !== null || missingPermissions.length > 0 || (landed !== null && landed.leftOut.length > 0);
  const says = settings.comment === "always" || rows.length > 1 || needsAttention || facts.ownComment !== null;
  // A file that is broken is told of even where nothing else is.
  if (mistakes.length + inTemplates.length === 0 && (settings.comment === "never" || !says)) return null;

  const name = nameOf(facts.repository);
  const assistants = [...new Map(credits.assistants.map(({ person }) => [person.key, person])).values()];
  return {
    rows: some(rows),
    assistants:
      assistants.length === 0
        ? null
        : { names: some(assistants.map(name)), accountable: credits.accountable && name(credits.accountable) },
    warning,
    trailers: some(isOpen ? outlook.trailers : []),
    instead: some(
      (isOpen ? outlook.unlinked : []).flatMap(({ person, sha, instead }) =>
        instead === null ? [] : [{ who: name(person), commit: sha.slice(0, 7), trailers: [instead] }],
      ),
    ),
    landed: landed && {
      commit: landed.sha.slice(0, 7),
      url: linkTarget(landed.url),
      isSquash: landed.isSquash,
      people: rows.length,
      hidden: some(landed.hidden.map(name)),
      leftOut: some(landed.leftOut.map(name)),
    },
    configuration: some(mistakes, mostMistakes),
    missingPermissions,
    templates: some(inTemplates, mostMistakes),
    hasCommands,
  };
}

/** One row for each person, in the order of their first role and then by name, which is that of the credits. */
function composeRows({ facts, credits, isNewcomer }: CommentSource): CreditRow[] {
  const byPerson = Map.groupBy(credits.credits, ({ person }) => person.key);
  return Array.from(byPerson.values(), (own) => {
    const person = own[0]?.person;
    const wrote = own.some(({ role }) => role === "author");
    const shown = roles.filter((role) => own.some((credit) => credit.role === role));
    return {
      who: person === undefined ? { name: "", url: null } : nameOf(facts.repository)(person),
      isNewcomer: person !== undefined && person.id !== null && isNewcomer(person.id),
      // Who wrote one commit and co-wrote another is simply an author of all of it.
      roles: shown.filter((role) => !(wrote && role === "co-author")),
      evidence: evidenceOf(
        own.flatMap(({ evidence }) => evidence),
        facts.url,
      ),
    };
  });
}

/** The same with at most so many in each list; the rest is counted. A table's length is limited more than a list's. */
export function shortenCreditComment(comment: CreditComment, most: { rows: number; lines: number }): CreditComment {
  const { rows, assistants, warning, trailers, instead, landed } = comment;
  return {
    ...comment,
    rows: some(rows, most.rows),
    assistants: assistants && { ...assistants, names: some(assistants.names, most.rows) },
    warning: warning && {
      ...warning,
      squash: warning.squash && {
        ...warning.squash,
        lost: some(warning.squash.lost, most.rows),
        hidden: some(warning.squash.hidden, most.rows),
        undocumented: some(warning.squash.undocumented, most.rows),
      },
      unlinked: some(warning.unlinked, most.rows),
      unattributed: some(warning.unattributed, most.rows),
      forbidden: warning.forbidden && some(warning.forbidden, most.rows),
    },
    trailers: some(trailers, most.lines),
    instead: some(instead, most.rows),
    landed: landed && {
      ...landed,
      hidden: some(landed.hidden, most.rows),
      leftOut: some(landed.leftOut, most.rows),
    },
  };
}
