import { z } from "zod";
import type { ListedRelease } from "../domain/release/releases-to-look-at.ts";
import { itemsOf } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import { readWaitForRoom } from "./leave-room.ts";
import type { Place } from "./place.ts";
import { requireData } from "./require-data.ts";

/** A hundred releases, or fewer. */
export interface ReleasePage {
  readonly repository: { readonly id: number; readonly owner: string };
  readonly releases: readonly ListedRelease[];
  readonly isLast: boolean;
}

const answerShape = z.object({
  repository: z.object({
    databaseId: z.number(),
    owner: z.object({ login: z.string() }),
    releases: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z
        .array(
          z
            .object({
              databaseId: z.number().nullable(),
              tagName: z.string(),
              isDraft: z.boolean(),
              isPrerelease: z.boolean(),
              publishedAt: z.coerce.date().nullish(),
              updatedAt: z.coerce.date(),
              tagCommit: z.object({ oid: z.string() }).nullish(),
            })
            .nullable(),
        )
        .nullable(),
    }),
  }),
});

/**
 * The releases of a repository, the newest first, a page with each query, as long as somebody asks for the next one;
 * drafts for those alone who may write. Throws what GitHubClient throws, NotThere, and PostponeUntil where most of GitHub's
 * limit is used up already: this can wait.
 */
export async function* readReleasesByPage(
  client: Pick<GitHubClient, "query">,
  { owner, name }: Place,
): AsyncGenerator<ReleasePage> {
  for (let after: string | null = null; ; ) {
    const data = requireData(await client.query(releasesQuery, { owner, name, after }));
    const wait = readWaitForRoom(data);
    if (wait !== null) throw wait;
    const { repository } = answerShape.parse(data);
    const { pageInfo } = repository.releases;
    yield {
      repository: { id: repository.databaseId, owner: repository.owner.login },
      releases: itemsOf(repository.releases).map(toListed),
      isLast: !pageInfo.hasNextPage,
    };
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

type Node = NonNullable<NonNullable<z.infer<typeof answerShape>["repository"]["releases"]["nodes"]>[number]>;

function toListed({
  databaseId,
  tagName,
  isDraft,
  isPrerelease,
  publishedAt,
  updatedAt,
  tagCommit,
}: Node): ListedRelease {
  const touchedAt = (isDraft ? null : publishedAt) ?? updatedAt;
  return { id: databaseId ?? 0, tag: tagName, isDraft, isPrerelease, sha: tagCommit?.oid ?? null, touchedAt };
}

const releasesQuery = `
query Releases($owner: String!, $name: String!, $after: String) {
  rateLimit { limit cost remaining resetAt }
  repository(owner: $owner, name: $name) {
    databaseId owner { login }
    releases(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { databaseId tagName isDraft isPrerelease publishedAt updatedAt tagCommit { oid } }
    }
  }
}`;
