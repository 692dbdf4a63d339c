import type { PullRequestFacts } from "./pull-request-facts.ts";
import { readSentences, sentencesInTitle } from "./read-sentences.ts";
import { type Reference, readStatement, type StatedRelation } from "./stated-relations.ts";

/** What a pull request says of others of its repository, by their numbers, in ascending order. Whether they are there is not known. */
export interface PullRequestRelations {
  /** Whose work it goes on with in their place. */
  readonly supersedes: readonly number[];
  /** What it brings to another branch. */
  readonly backportOf: readonly number[];
  /** What it takes back. */
  readonly reverts: readonly number[];
}

/** What nearly all texts are without. */
const candidate = /supersedes|replaces|takes over|continues|backport|reverts/i;

/**
 * Reads what a pull request's title and body say at the start of a sentence, a line or an item: `Supersedes #12`, `Backport
 * of #12`, `Reverts acme/tides#12`, as `readStatement` has it. What they say of itself or of other repositories is left out.
 */
export function readPullRequestRelations(
  facts: Pick<PullRequestFacts, "number" | "title" | "body"> & {
    readonly repository: Pick<PullRequestFacts["repository"], "owner" | "name" | "url">;
  },
): PullRequestRelations {
  const { title, body, number } = facts;
  const sentences = [...sentencesInTitle(title), ...(candidate.test(body) ? readSentences(body) : [])];
  const stated = sentences.map(readStatement).filter((one) => one !== null);
  const { owner, name, url } = facts.repository;
  const here = new Set([`${owner}/${name}`, url].map((place) => place.toLowerCase()));
  const isOther = (one: Reference): boolean =>
    one.number > 0 && one.number !== number && (one.repository === null || here.has(one.repository));
  const numbersIn = (kind: StatedRelation["kind"]): number[] => {
    const references = stated.flatMap((one) => (one.kind === kind ? one.references : []));
    return [...new Set(references.filter(isOther).map((one) => one.number))].toSorted((left, right) => left - right);
  };
  return {
    supersedes: numbersIn("supersedes"),
    backportOf: numbersIn("backport of"),
    reverts: numbersIn("reverts"),
  };
}
