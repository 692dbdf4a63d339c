import { z } from "zod";
import type { CommitFacts } from "../domain/credit/pull-request-facts.ts";
import { commitShape, itemsOf } from "./answer-shapes.ts";
import { commitFragments } from "./commit-fragments.ts";
import type { GitHubClient } from "./github-client.ts";
import { inPortions } from "./in-portions.ts";
import type { Place } from "./place.ts";
import { toCommits } from "./read-commits.ts";
import { requireData } from "./require-data.ts";

/** A commit, and the merged pull requests of the same repository that it came by. */
export interface CommitWithPulls {
  readonly facts: CommitFacts;
  /** `commit` is what the merge made of it; null where GitHub has lost sight of that. */
  readonly pulls: readonly { readonly number: number; readonly commit: string | null }[];
}

const pullShape = z.object({
  number: z.number(),
  merged: z.boolean(),
  mergeCommit: z.object({ oid: z.string() }).nullable(),
  repository: z.object({ databaseId: z.number() }),
});
const shape = commitShape.extend({
  associatedPullRequests: z.object({ nodes: z.array(pullShape.nullable()).nullable() }).nullish(),
});
const answerShape = z.object({ repository: z.record(z.string(), shape.nullable()) });
const idShape = z.string().regex(/^[\da-f]{40,64}$/);

/**
 * What GitHub says of commits of the repository with this number, fifty with each query and fewer where those are too many,
 * in the order in which they were asked for. Throws what GitHubClient throws, NotThere and QueryFailed.
 */
export async function readCommitsWithPulls(
  client: GitHubClient,
  { owner, name, id, shas }: Place & { readonly id: number; readonly shas: readonly string[] },
): Promise<readonly CommitWithPulls[]> {
  return inPortions(shas, 50, async (some) => {
    const fields = some.map((sha, index) => `c${index}: object(oid: "${idShape.parse(sha)}") { ...WithPulls }`);
    const data = requireData(await client.query(queryFor(fields), { owner, name }));
    const answers = Object.values(answerShape.parse(data).repository).filter((answer) => answer !== null);
    const facts = await toCommits(client, answers);
    return facts.map((commit, index) => {
      const pulls = itemsOf(answers[index]?.associatedPullRequests)
        .filter(({ merged, repository }) => merged && repository.databaseId === id)
        .map(({ number, mergeCommit }) => ({ number, commit: mergeCommit?.oid ?? null }));
      return { facts: commit, pulls };
    });
  });
}

function queryFor(fields: readonly string[]): string {
  return `
query CommitsWithPulls($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${fields.join("\n    ")}
  }
}

fragment WithPulls on Commit {
  ...CommitFacts
  associatedPullRequests(first: 5) { nodes { number merged mergeCommit { oid } repository { databaseId } } }
}
${commitFragments}`;
}
