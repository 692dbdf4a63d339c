import { z } from "zod";
import { itemsOf } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import { readWaitForRoom } from "./leave-room.ts";
import type { Place } from "./place.ts";
import { requireData } from "./require-data.ts";

/** What of a repository changed lately. */
export interface Changes {
  readonly repository: { readonly id: number; readonly owner: string };
  /** The last commit of the default branch; null where there is none. */
  readonly head: string | null;
  /** The numbers of what was touched, the newest first. */
  readonly numbers: readonly number[];
}

interface ChangesWish extends Place {
  readonly what: "pullRequests" | "issues";
  /** What was touched before is not asked for. */
  readonly since: Date;
}

/** Issues and pull requests are asked for apart: for the former not every installation has a permission. */
function changesQuery(what: ChangesWish["what"]): string {
  return `
query Changes($owner: String!, $name: String!, $after: String) {
  rateLimit { limit cost remaining resetAt }
  repository(owner: $owner, name: $name) {
    databaseId owner { login }
    defaultBranchRef { target { oid } }
    changed: ${what}(first: 50, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { number updatedAt }
    }
  }
}`;
}

const answerShape = z.object({
  repository: z.object({
    databaseId: z.number(),
    owner: z.object({ login: z.string() }),
    defaultBranchRef: z.object({ target: z.object({ oid: z.string() }).nullable() }).nullable(),
    changed: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(z.object({ number: z.number(), updatedAt: z.coerce.date() }).nullable()).nullable(),
    }),
  }),
});

/**
 * What was touched since a moment, fifty with each query. Throws what GitHubClient throws, NotThere, and PostponeUntil
 * where most of GitHub's limit is used up already: this can wait.
 */
export async function readChanges(client: GitHubClient, { what, owner, name, since }: ChangesWish): Promise<Changes> {
  const numbers = new Set<number>();
  for (let after: string | null = null; ; ) {
    const data = requireData(await client.query(changesQuery(what), { owner, name, after }));
    const wait = readWaitForRoom(data);
    if (wait !== null) throw wait;
    const { repository } = answerShape.parse(data);
    const { pageInfo } = repository.changed;
    const touched = itemsOf(repository.changed);
    const recent = touched.filter(({ updatedAt }) => updatedAt >= since);
    for (const { number } of recent) numbers.add(number);
    if (recent.length < touched.length || !pageInfo.hasNextPage) {
      return {
        repository: { id: repository.databaseId, owner: repository.owner.login },
        head: repository.defaultBranchRef?.target?.oid ?? null,
        numbers: [...numbers],
      };
    }
    after = pageInfo.endCursor;
  }
}
