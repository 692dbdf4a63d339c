import { asciiLowerCase } from "../ascii-lower-case.ts";
import { assistantTable } from "./assistant-table.ts";
import { ownCommits, type ReadTrailers } from "./commit-claims.ts";
import type { PullRequestCredit, UnattributedTrailer } from "./pull-request-credit.ts";
import type { CommitFacts, Participation } from "./pull-request-facts.ts";
import type { PullRequestPeople } from "./pull-request-people.ts";
import { recogniseAssistant } from "./recognise-assistant.ts";
import { findTolerantTrailers } from "./tolerant-trailers.ts";

export interface CommitReader {
  readonly people: PullRequestPeople;
  readonly readTrailers: ReadTrailers;
}

/** The credits in the commits of a pull request, one for each piece of evidence, and the trailers that name nobody. */
export function creditCommits(
  facts: Participation,
  reader: CommitReader,
): { credits: PullRequestCredit[]; unattributed: UnattributedTrailer[] } {
  const commits = ownCommits(facts);
  const credits = commits.flatMap((commit) => creditCommit(commit, reader));
  const has = new Set(credits.map(({ person, role }) => `${role} ${person.key}`));
  // Whoever merges may name somebody in the message alone; the squash's own list of authors says nothing new.
  const added = (facts.landed?.commits ?? [])
    .flatMap((commit) => creditCommit(commit, reader))
    .filter(({ person, role }) => role !== "author" && !has.has(`${role} ${person.key}`))
    .filter(({ person, role }) => role !== "co-author" || !has.has(`author ${person.key}`));
  const unattributed = commits.flatMap(({ sha, url, message }) =>
    reader
      .readTrailers(message)
      .flatMap(({ identity, role, key, text }) => (identity === null ? [{ role, key, text, sha, url }] : [])),
  );
  return { credits: [...credits, ...added], unattributed };
}

/** One commit's credits, one for each piece of evidence. */
export function creditCommit(commit: CommitFacts, { people, readTrailers }: CommitReader): PullRequestCredit[] {
  const { message, url, authors } = commit;
  const label = commit.sha.slice(0, 7);
  const [author, ...coAuthors] = authors.map((actor) => people.byIdentity(actor));
  const credits: PullRequestCredit[] = [];
  if (author !== undefined) {
    credits.push({ person: author, role: "author", evidence: [{ kind: "commit", url, label, found: "author" }] });
  }
  for (const { identity, role, found } of readTrailers(message)) {
    if (identity === null) continue;
    const person = people.byIdentity(identity);
    if (person.key === author?.key) continue;
    const mentees = role === "mentor" && author !== undefined ? { mentees: [author] } : {};
    credits.push({ person, role, evidence: [{ kind: "trailer", url, label, found }], ...mentees });
  }
  const named = new Set(credits.filter(({ role }) => role === "co-author").map(({ person }) => person.key));
  const onlyByGitHub = coAuthors.filter(({ key }) => key !== author?.key && !named.has(key));
  const assisting = assistantsIn(message).map((assistant) => people.byAssistant(assistant));
  for (const person of [...onlyByGitHub, ...assisting]) {
    credits.push({ person, role: "co-author", evidence: [{ kind: "commit", url, label }] });
  }
  return credits;
}

const assistedBy = new Map([["assisted-by", []]]);

/** Assistants named as the Linux kernel asks for it, `Assisted-by: AGENT:MODEL`: docs.kernel.org, coding assistants. */
function assistantsIn(message: string): string[] {
  return findTolerantTrailers(message, assistedBy).flatMap(({ value }) => {
    const agent = asciiLowerCase(value.split(/[:<]/)[0]?.trim() ?? "");
    const known = assistantTable.find(({ name }) => asciiLowerCase(name) === agent)?.name;
    return known ?? recogniseAssistant({ name: agent, address: null }) ?? [];
  });
}
