import { createTrailerReader, identitiesIn } from "./commit-claims.ts";
import { creditCommits } from "./commit-credits.ts";
import { creditComments, creditIssues, creditReviews } from "./conversation-credits.ts";
import type {
  CreditedPerson,
  CreditSettings,
  PullRequestCredit,
  PullRequestCredits,
  PullRequestEvidence,
} from "./pull-request-credit.ts";
import type { PullRequestFacts } from "./pull-request-facts.ts";
import { comparePeople, createPullRequestPeople, hasLogin, type PullRequestPeople } from "./pull-request-people.ts";
import { roles } from "./roles.ts";

/**
 * Everybody's credit on a pull request, from its commits, reviews, closing issues, and, where the settings ask for
 * them, comments and changed paths.
 */
export function creditPullRequest(facts: PullRequestFacts, settings: CreditSettings): PullRequestCredits {
  const readTrailers = createTrailerReader(settings.trailers);
  const people = createPullRequestPeople(facts, identitiesIn(facts, readTrailers));
  const { credits: inCommits, unattributed } = creditCommits(facts, { people, readTrailers });
  const found = [
    ...inCommits,
    ...creditPaths(facts, inCommits, settings),
    ...creditReviews(facts, people),
    ...creditIssues(facts, people),
  ];
  if (settings.commenters) {
    const known = new Set(found.map(({ person }) => person.key));
    for (const credit of creditComments(facts, people)) if (!known.has(credit.person.key)) found.push(credit);
  }
  const wanted = found.filter(({ person }) => !hasLogin(person, settings.isExcluded));
  const credits = joinCredits(wanted);
  const isApart = ({ person }: PullRequestCredit): boolean =>
    person.assistant !== null && settings.assistants !== "count";
  return {
    credits: credits.filter((credit) => !isApart(credit)),
    assistants: settings.assistants === "hide" ? [] : credits.filter(isApart),
    unattributed,
    accountable: findAccountable(facts, people),
  };
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
  const joined = new Map<string, { credit: PullRequestCredit; evidence: Map<string, PullRequestEvidence> }>();
  for (const credit of found) {
    const key = `${credit.role} ${credit.person.key}`;
    const entry = joined.get(key) ?? { credit, evidence: new Map() };
    joined.set(key, entry);
    for (const one of credit.evidence) {
      const same = `${one.kind} ${one.url}`;
      if (!entry.evidence.has(same) || one.found === "strict") entry.evidence.set(same, one);
    }
  }
  const credits = Array.from(joined.values(), ({ credit, evidence }) => ({
    ...credit,
    evidence: [...evidence.values()],
  }));
  return credits.toSorted(
    (left, right) => roles.indexOf(left.role) - roles.indexOf(right.role) || comparePeople(left.person, right.person),
  );
}

function findAccountable(facts: PullRequestFacts, people: PullRequestPeople): CreditedPerson | null {
  const candidates = [facts.author, facts.landed?.by ?? null].filter((account) => account !== null);
  return candidates.map((account) => people.byAccount(account)).find(({ assistant }) => assistant === null) ?? null;
}
