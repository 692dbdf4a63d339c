import { ownCommits } from "./commit-claims.ts";
import { type CommitReader, creditCommit } from "./commit-credits.ts";
import type { PullRequestCredit } from "./pull-request-credit.ts";
import type { PullRequestFacts, SupersededFacts } from "./pull-request-facts.ts";

/**
 * Those who wrote what a pull request says it supersedes are its co-authors: whoever opened that one, and the authors and
 * co-authors of its commits. Nobody gets credit by what they write of their own: the pull request's author is left out. So is
 * who has credit as an author here already, and what was merged before, whose people have their credit there.
 */
export function creditSuperseded(
  facts: Pick<PullRequestFacts, "author" | "superseded" | "landed">,
  inCommits: readonly PullRequestCredit[],
  reader: CommitReader,
): PullRequestCredit[] {
  const authors = inCommits.filter(({ role }) => role === "author").map(({ person }) => person.key);
  const hasCredit = new Set(authors);
  if (facts.author !== null) hasCredit.add(reader.people.byAccount(facts.author).key);
  const inOrder = facts.superseded.toSorted((left, right) => left.number - right.number);
  return inOrder
    .filter((one) => !wasMergedBefore(one, facts))
    .flatMap((one) => {
      const evidence = [{ kind: "superseded pull request" as const, url: one.url, label: `#${one.number}` }];
      const others = writersOf(one, reader).filter(({ key }) => !hasCredit.has(key));
      return others.map((person) => ({ person, role: "co-author" as const, evidence }));
    });
}

function writersOf(superseded: SupersededFacts, reader: CommitReader): PullRequestCredit["person"][] {
  const opener = superseded.author === null ? [] : [reader.people.byAccount(superseded.author)];
  const inCommits = ownCommits(superseded).flatMap((commit) => creditCommit(commit, reader));
  const writers = inCommits.filter(({ role }) => role === "author" || role === "co-author");
  return [...opener, ...writers.map(({ person }) => person)];
}

function wasMergedBefore({ mergedAt }: SupersededFacts, { landed }: Pick<PullRequestFacts, "landed">): boolean {
  return mergedAt !== null && (landed === null || mergedAt.getTime() <= landed.at.getTime());
}
