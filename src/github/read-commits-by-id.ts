import { z } from "zod";
import type { CommitFacts } from "../domain/credit/pull-request-facts.ts";
import { commitShape, itemsOf } from "./answer-shapes.ts";
import { commitFragments } from "./commit-fragments.ts";
import type { GitHubClient } from "./github-client.ts";
import { inPortions } from "./in-portions.ts";
import type { Place } from "./place.ts";
import { toCommits } from "./read-commits.ts";
import { requireData } from "./require-data.ts";

/** Commits come with their authors, and many of them make GitHub answer 502. */
const mostAtOnce = 50;

export interface KnownCommit {
  readonly facts: CommitFacts;
  readonly committedAt: Date;
  /** Whether a merged pull request brought it, to whatever branch. */
  readonly isMerged: boolean;
}

const shape = commitShape.extend({
  committedDate: z.coerce.date(),
  associatedPullRequests: z
    .object({ nodes: z.array(z.object({ merged: z.boolean() }).nullable()).nullable() })
    .nullish(),
});
const answerShape = z.object({ repository: z.record(z.string(), shape.nullable()) });

const idShape = z.string().regex(/^[\da-f]{40,64}$/);

/**
 * What GitHub says of commits, fifty with each query and fewer where those are too many for it, in the order in which
 * they were asked for; those that are gone are left out. Throws what GitHubClient throws, NotThere and QueryFailed.
 */
export async function readCommitsById(
  client: GitHubClient,
  { owner, name, shas }: Place & { readonly shas: readonly string[] },
): Promise<readonly KnownCommit[]> {
  return inPortions(shas, mostAtOnce, (some) => readSome(client, { owner, name, shas: some }));
}

async function readSome(
  client: GitHubClient,
  { owner, name, shas }: Place & { readonly shas: readonly string[] },
): Promise<KnownCommit[]> {
  const fields = shas.map((sha, index) => `c${index}: object(oid: "${idShape.parse(sha)}") { ...Known }`);
  const data = requireData(await client.query(queryFor(fields), { owner, name }));
  const answers = Object.values(answerShape.parse(data).repository).filter((answer) => answer !== null);
  const facts = await toCommits(client, answers);
  return answers.flatMap(({ committedDate: committedAt, associatedPullRequests }, index) => {
    const isMerged = itemsOf(associatedPullRequests).some(({ merged }) => merged);
    const commit = facts[index];
    return commit === undefined ? [] : [{ facts: commit, committedAt, isMerged }];
  });
}

function queryFor(fields: readonly string[]): string {
  return `
query Commits($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${fields.join("\n    ")}
  }
}

fragment Known on Commit {
  ...CommitFacts
  committedDate
  associatedPullRequests(first: 5) { nodes { merged } }
}
${commitFragments}`;
}
