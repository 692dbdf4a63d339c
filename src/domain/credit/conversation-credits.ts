import { ownCommits } from "./commit-claims.ts";
import type { PullRequestCredit } from "./pull-request-credit.ts";
import type { Account, IssueFacts, PullRequestFacts } from "./pull-request-facts.ts";
import type { PullRequestPeople } from "./pull-request-people.ts";

/** An issue with such a label brought an idea; `type: feature`, `kind/enhancement` and their like count. */
const ideaLabel = /^(?:.*[:/]\s*)?(?:feature(?:[ -]request)?|enhancement)s?$/i;

/** The credits of those who reviewed the work of others. */
export function creditReviews(facts: PullRequestFacts, people: PullRequestPeople): PullRequestCredit[] {
  const inOrder = facts.reviews.toSorted(
    (left, right) => left.submittedAt.getTime() - right.submittedAt.getTime() || (left.url < right.url ? -1 : 1),
  );
  const writers = ownCommits(facts).flatMap(({ authors }) => authors.map((actor) => people.byIdentity(actor).key));
  const [writer, ...others] = new Set(writers);
  return inOrder.flatMap(({ author, url, state }) => {
    if (author === null || isAuthor(author, facts)) return [];
    const person = people.byAccount(author);
    // Whoever wrote all of it for somebody else to open reviews their own work.
    if (person.key === writer && others.length === 0) return [];
    return [{ person, role: "reviewer" as const, evidence: [{ kind: "review" as const, url, label: state }] }];
  });
}

/** The credits of those who reported what this closes, or had the idea; nobody gets any for answering themselves. */
export function creditIssues(facts: PullRequestFacts, people: PullRequestPeople): PullRequestCredit[] {
  const inOrder = facts.closingIssues.toSorted((left, right) => left.number - right.number);
  return inOrder.flatMap((issue) => {
    const isOwn = issue.author !== null && isAuthor(issue.author, facts);
    return isOwn ? [] : creditReport(issue, people);
  });
}

/** The credit of whoever reported an issue, or had the idea; none where the account is deleted. */
export function creditReport(
  { author, labels, number, url }: IssueFacts,
  people: PullRequestPeople,
): PullRequestCredit[] {
  if (author === null) return [];
  const role = reportRole(labels);
  return [{ person: people.byAccount(author), role, evidence: [{ kind: "issue", url, label: `#${number}` }] }];
}

/** What whoever opened an issue did, by its labels. */
export function reportRole(labels: IssueFacts["labels"]): "idea" | "reporter" {
  return labels.some((label) => ideaLabel.test(label)) ? "idea" : "reporter";
}

/** The credits of those who commented on a pull request of somebody else's. */
export function creditComments(facts: PullRequestFacts, people: PullRequestPeople): PullRequestCredit[] {
  return facts.comments.flatMap(({ author, url }) => {
    if (author === null || isAuthor(author, facts)) return [];
    const evidence = [{ kind: "comment" as const, url, label: "" }];
    return [{ person: people.byAccount(author), role: "helper" as const, evidence }];
  });
}

function isAuthor(account: Account, facts: PullRequestFacts): boolean {
  return account.id === facts.author?.id;
}
