import { ownCommits } from "./commit-claims.ts";
import type { CommitFacts, PullRequestFacts } from "./pull-request-facts.ts";
import type { PullRequestPeople } from "./pull-request-people.ts";

/** What a squash would say. */
export interface SquashMessage {
  readonly message: string;
  /** Whether GitHub may add people of which this says nothing: what it does there is not documented. */
  readonly isUncertain: boolean;
}

/** What stands between a squash's text and its co-authors; it hides every earlier trailer from git. */
const divider = "---------";

/**
 * The message that a squash would have: what GitHub proposes where it tells, else as its documentation and public
 * histories have it: https://docs.github.com/en/pull-requests (About pull request merges). A single commit keeps its
 * text; of several, those who wrote one become co-authors, except the pull request's author.
 */
export function expectSquash(facts: PullRequestFacts, people: PullRequestPeople): SquashMessage {
  const { proposedSquash, repository, commits, title, body } = facts;
  const [only, ...others] = commits;
  const isSingle = only !== undefined && others.length === 0;
  // Whether a single commit of somebody else's stays theirs is told by no message.
  const isUncertain = isSingle && !isByOpener(only, facts);
  if (proposedSquash !== null) {
    return { message: `${proposedSquash.title}\n\n${proposedSquash.body}`, isUncertain };
  }
  if (repository.squashMessage !== "COMMIT_MESSAGES") {
    return { message: `${title}\n\n${repository.squashMessage === "BLANK" ? "" : body}`, isUncertain: true };
  }
  if (isSingle) return { message: only.message, isUncertain };
  const text = commits.map(({ message }) => `* ${message.trim()}`).join("\n\n");
  const coAuthors = coAuthorLines(facts, people);
  const end = coAuthors.length === 0 ? "" : `\n\n${divider}\n\n${coAuthors.join("\n")}`;
  return { message: `${title}\n\n${text}${end}\n`, isUncertain: false };
}

function isByOpener({ authors: [author] }: CommitFacts, facts: PullRequestFacts): boolean {
  return facts.author !== null && author?.account?.id === facts.author.id;
}

function coAuthorLines(facts: PullRequestFacts, people: PullRequestPeople): string[] {
  const lines = new Map<string, string>();
  for (const { authors } of ownCommits(facts)) {
    const [author] = authors;
    if (author === undefined) continue;
    const { key, id } = people.byIdentity(author);
    if (id === null || id !== facts.author?.id) lines.set(key, `Co-authored-by: ${author.name} <${author.address}>`);
  }
  return [...lines.values()];
}
