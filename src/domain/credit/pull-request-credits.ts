import { applyCorrections, type Correction } from "../ledger/correction.ts";
import { createTrailerReader, identitiesIn } from "./commit-claims.ts";
import { creditCommits } from "./commit-credits.ts";
import { creditComments, creditIssues, creditReport, creditReviews } from "./conversation-credits.ts";
import type {
  CreditedPerson,
  CreditSettings,
  PullRequestCredit,
  PullRequestCredits,
  PullRequestEvidence,
} from "./pull-request-credit.ts";
import type { CommitFacts, IssueFacts, PullRequestFacts } from "./pull-request-facts.ts";
import { comparePeople, createPullRequestPeople, hasLogin, type PullRequestPeople } from "./pull-request-people.ts";
import { roles } from "./roles.ts";
import { creditSuperseded } from "./superseded-credits.ts";

/**
 * Everybody's credit on a pull request, from its commits, reviews, closing issues, what it supersedes, and, where the settings ask for
 * them, comments and changed paths; and from what people said about it by commands, which has the last word.
 */
export function creditPullRequest(
  facts: PullRequestFacts,
  settings: CreditSettings,
  corrections: readonly Correction[] = [],
): PullRequestCredits {
  const readTrailers = createTrailerReader(settings.trailers);
  const people = createPullRequestPeople(facts, identitiesIn(facts, readTrailers));
  const reader = { people, readTrailers };
  const { credits: inCommits, unattributed } = creditCommits(facts, reader);
  const found = [
    ...inCommits,
    ...creditSuperseded(facts, inCommits, reader),
    ...creditPaths(facts, inCommits, settings),
    ...creditReviews(facts, people),
    ...creditIssues(facts, people),
  ];
  if (settings.commenters) {
    const known = new Set(found.map(({ person }) => person.key));
    for (const credit of creditComments(facts, people)) if (!known.has(credit.person.key)) found.push(credit);
  }
  return {
    ...settleCredits(applyCorrections(joinCredits(found), corrections), settings),
    unattributed,
    accountable: findAccountable(facts, people, settings),
  };
}

/** A commit's credits where it came by no pull request: those of its authors, and of everybody whom it names. */
export function creditDirectCommit(commit: CommitFacts, settings: CreditSettings): Settled {
  const participation = { ...nobody, commits: [commit] };
  const readTrailers = createTrailerReader(settings.trailers);
  const people = createPullRequestPeople(participation, identitiesIn(participation, readTrailers));
  return settleCredits(joinCredits(creditCommits(participation, { people, readTrailers }).credits), settings);
}

/** An issue's credits: its report where that was worth something by itself, and what people said by commands. */
export function creditIssue(
  issue: IssueFacts & { readonly isSolved: boolean },
  settings: CreditSettings,
  corrections: readonly Correction[],
): Settled {
  const participation = { ...nobody, closingIssues: [issue] };
  const report = issue.isSolved ? creditReport(issue, createPullRequestPeople(participation, [])) : [];
  return settleCredits(applyCorrections(report, corrections), settings);
}

type Settled = Pick<PullRequestCredits, "credits" | "assistants">;

const nobody = {
  author: null,
  commits: [],
  reviews: [],
  closingIssues: [],
  superseded: [],
  comments: [],
  landed: null,
};

/** Leaves out whom the settings exclude, puts assistants where they want them, and all in order. */
function settleCredits(found: readonly PullRequestCredit[], settings: CreditSettings): Settled {
  const credits = found
    .filter(({ person }) => !hasLogin(person, settings.isExcluded) && !isUnlisted(person, settings))
    .map((credit) => withoutUnlisted(credit, settings))
    .toSorted(
      (left, right) => roles.indexOf(left.role) - roles.indexOf(right.role) || comparePeople(left.person, right.person),
    );
  const isApart = ({ person }: PullRequestCredit): boolean =>
    person.assistant !== null && settings.assistants !== "count";
  return {
    credits: credits.filter((credit) => !isApart(credit)),
    assistants: settings.assistants === "hide" ? [] : credits.filter(isApart),
  };
}

function isUnlisted({ id }: CreditedPerson, { unlisted }: CreditSettings): boolean {
  return id !== null && unlisted !== undefined && unlisted.has(id);
}

function withoutUnlisted(credit: PullRequestCredit, settings: CreditSettings): PullRequestCredit {
  if (credit.mentees === undefined) return credit;
  return { ...credit, mentees: credit.mentees.filter((person) => !isUnlisted(person, settings)) };
}

/** Paths are the pull request's, so that everybody who wrote one of its commits has the role. */
function creditPaths(
  facts: PullRequestFacts,
  inCommits: readonly PullRequestCredit[],
  { paths }: CreditSettings,
): PullRequestCredit[] {
  const authors = new Map(
    inCommits.filter(({ role }) => role === "author").map(({ person }) => [person.key, person] as const),
  );
  return roles.flatMap((role) => {
    const count = facts.files.filter((path) => paths[role]?.(path)).length;
    if (count === 0) return [];
    const evidence = [{ kind: "files" as const, url: `${facts.url}/files`, label: String(count) }];
    return Array.from(authors.values(), (person) => ({ person, role, evidence }));
  });
}

/** One credit for each person and role, with all its evidence once. */
function joinCredits(found: readonly PullRequestCredit[]): PullRequestCredit[] {
  const groups = Map.groupBy(found, ({ person, role }) => `${role} ${person.key}`);
  return Array.from(groups.values(), ([first, ...others]) => {
    if (first === undefined) throw new Error("a group is never empty");
    const evidence = new Map<string, PullRequestEvidence>();
    const mentees = new Map<string, CreditedPerson>();
    for (const credit of [first, ...others]) {
      for (const one of credit.evidence) {
        const same = `${one.kind} ${one.url}`;
        if (!evidence.has(same) || one.found === "strict") evidence.set(same, one);
      }
      for (const person of credit.mentees ?? []) mentees.set(person.key, person);
    }
    return { ...first, evidence: [...evidence.values()], ...(mentees.size > 0 && { mentees: [...mentees.values()] }) };
  });
}

function findAccountable(
  facts: PullRequestFacts,
  people: PullRequestPeople,
  settings: CreditSettings,
): CreditedPerson | null {
  const candidates = [facts.author, facts.landed?.by ?? null].filter((account) => account !== null);
  const found = candidates.map((account) => people.byAccount(account)).find(({ assistant }) => assistant === null);
  return found === undefined || isUnlisted(found, settings) ? null : found;
}
