import type { GitHubClient } from "./github-client.ts";
import { requireData } from "./require-data.ts";

const mutation = `
mutation MoveBranch($repositoryId: ID!, $name: GitRefname!, $from: GitObjectID!, $to: GitObjectID!) {
  updateRefs(input: {
    repositoryId: $repositoryId, refUpdates: [{ name: $name, beforeOid: $from, afterOid: $to, force: true }]
  }) {
    clientMutationId
  }
}`;

const nothing = "0".repeat(40);

/**
 * Makes, moves or deletes a branch, which no request of REST does only where it is as it was last seen. Throws QueryFailed
 * where somebody else has moved it since, and what GitHubClient throws.
 */
export async function moveBranch(
  client: GitHubClient,
  {
    repositoryId,
    branch,
    from,
    to,
  }: {
    /** In GraphQL. */
    readonly repositoryId: string;
    readonly branch: string;
    readonly from: string | null;
    readonly to: string | null;
  },
): Promise<void> {
  const name = `refs/heads/${branch}`;
  requireData(await client.query(mutation, { repositoryId, name, from: from ?? nothing, to: to ?? nothing }));
}
