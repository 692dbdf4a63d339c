import { hideAddresses } from "./hide-addresses.ts";
import type { Fate, MergeOutlook } from "./merge-outlook.ts";
import { linkTarget, type NamedPerson, nameOf, shorten } from "./named-person.ts";
import type { CreditedPerson, CreditSettings, PullRequestCredits } from "./pull-request-credit.ts";
import type { PullRequestFacts } from "./pull-request-facts.ts";
import type { Role } from "./roles.ts";
import { type Some, some } from "./some.ts";

/** What needs attention before a merge. */
export interface CreditWarning {
  /** Whom a squash would leave out, or might; null where it keeps all, or is not allowed. */
  readonly squash: {
    readonly isOnlyWay: boolean;
    /** How many the commits name. */
    readonly people: number;
    readonly lost: Some<NamedPerson>;
    readonly hidden: Some<NamedPerson>;
    readonly undocumented: Some<NamedPerson>;
    /** Where the trailers have to go: the message of the merge, or the description that becomes it. */
    readonly remedy: "message" | "description";
    /** With a merge queue GitHub ignores any message that it is given. */
    readonly isQueued: boolean;
  } | null;
  readonly unlinked: Some<{
    readonly who: NamedPerson;
    readonly role: "author" | "co-author";
    readonly commit: string;
    readonly url: string;
    readonly hasInstead: boolean;
  }>;
  readonly unattributed: Some<{
    readonly role: Role;
    readonly text: string;
    readonly commit: string;
    readonly url: string;
  }>;
  /** The assistants in it, where the repository takes no work of theirs. */
  readonly forbidden: Some<NamedPerson> | null;
}

/** What a comment and a check have in common. */
export interface WarningSource {
  readonly facts: PullRequestFacts;
  readonly credits: PullRequestCredits;
  readonly outlook: MergeOutlook;
  readonly settings: Pick<CreditSettings, "assistants">;
}

const mostLines = 10;
const longestText = 200;

/** What needs attention, or null for nothing. */
export function composeWarning(source: WarningSource): CreditWarning | null {
  const { facts, credits, outlook, settings } = source;
  const name = nameOf(facts.repository);
  const squash = composeSquash(source);
  const assistants = [...new Map(credits.assistants.map(({ person }) => [person.key, person])).values()];
  const forbidden = settings.assistants === "forbid" && assistants.length > 0 ? some(assistants.map(name)) : null;
  const { unlinked } = outlook;
  const { unattributed } = credits;
  if (squash === null && forbidden === null && unlinked.length === 0 && unattributed.length === 0) return null;
  return {
    squash,
    unlinked: some(
      unlinked.map(({ person, role, sha, url, instead }) => ({
        who: name(person),
        role,
        commit: sha.slice(0, 7),
        url: linkTarget(url),
        hasInstead: instead !== null,
      })),
      mostLines,
    ),
    unattributed: some(
      unattributed.map(({ role, key, text, sha, url }) => ({
        role,
        text: shorten(hideAddresses(`${key}: ${text}`), longestText),
        commit: sha.slice(0, 7),
        url: linkTarget(url),
      })),
      mostLines,
    ),
    forbidden,
  };
}

function composeSquash({ facts, outlook }: WarningSource): CreditWarning["squash"] {
  const fates = outlook.methods.find(({ method }) => method === "squash")?.fates ?? [];
  const people = fatesByPerson(fates);
  const troubled = people.filter(({ reason }) => reason !== "named");
  if (troubled.length === 0) return null;
  const name = nameOf(facts.repository);
  const because = (wanted: Fate["reason"]): Some<NamedPerson> =>
    some(troubled.filter(({ reason }) => reason === wanted).map(({ person }) => name(person)));
  return {
    isOnlyWay: outlook.methods.length === 1,
    people: people.length,
    lost: because("left out"),
    hidden: because("hidden"),
    undocumented: because("undocumented"),
    remedy: facts.repository.squashMessage === "PR_BODY" ? "description" : "message",
    isQueued: facts.isInMergeQueue,
  };
}

const worse: readonly Fate["reason"][] = ["commits stay", "named", "hidden", "undocumented", "left out"];

/** For each person the best that any of their roles comes to: who is there at all is not missing. */
export function fatesByPerson(fates: readonly Fate[]): { person: CreditedPerson; reason: Fate["reason"] }[] {
  return Array.from(Map.groupBy(fates, ({ person }) => person.key).values(), (own) => {
    const [best] = own.toSorted((left, right) => worse.indexOf(left.reason) - worse.indexOf(right.reason));
    return best;
  }).filter((best) => best !== undefined);
}
