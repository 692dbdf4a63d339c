import { z } from "zod";
import { itemsOf } from "../answer-shapes.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";
import { requireData } from "../require-data.ts";

const answerShape = z.object({
  repository: z.object({
    pullRequest: z.object({
      files: z
        .object({
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
          nodes: z.array(z.object({ path: z.string() }).nullable()).nullable(),
        })
        .nullable(),
    }),
  }),
});

const changedFilesQuery = `
query ChangedFiles($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      files(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { path }
      }
    }
  }
}`;

const mostPages = 10;

/**
 * The paths of the files that a pull request changes, a hundred with each query; null for more than a thousand. Throws what
 * GitHubClient throws, NotThere and QueryFailed.
 */
export async function readChangedFiles(
  client: Pick<GitHubClient, "query">,
  { owner, name, number }: Place & { readonly number: number },
): Promise<readonly string[] | null> {
  const paths: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const data = requireData(await client.query(changedFilesQuery, { owner, name, number, after }));
    const { files } = answerShape.parse(data).repository.pullRequest;
    paths.push(...itemsOf(files).map(({ path }) => path));
    if (files?.pageInfo.hasNextPage !== true) return paths;
    after = files.pageInfo.endCursor;
  }
  return null;
}
