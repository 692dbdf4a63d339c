import { z } from "zod";
import { NotThere } from "../errors.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";
import { requireData } from "../require-data.ts";

const query = `
query FirstCommits($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef {
      name
      target { oid ... on Commit { history(first: 20) { totalCount nodes { oid message } } } }
    }
  }
}`;

const answerShape = z.object({
  repository: z.object({
    defaultBranchRef: z
      .object({
        name: z.string(),
        target: z.object({
          oid: z.string(),
          history: z.object({
            totalCount: z.number(),
            nodes: z.array(z.object({ oid: z.string(), message: z.string() }).nullable()),
          }),
        }),
      })
      .nullable(),
  }),
});

/** What is on the default branch of a repository that was just made. */
export interface FirstCommits {
  readonly branch: string;
  readonly head: string;
  /** How many commits there are, and the newest of them. */
  readonly count: number;
  readonly newest: readonly { readonly sha: string; readonly message: string }[];
}

/** Reads the branch and its commits at once. Throws NotThere where nothing is on it (yet), and what GitHubClient throws. */
export async function readFirstCommits(client: GitHubClient, { owner, name }: Place): Promise<FirstCommits> {
  const data = requireData(await client.query(query, { owner, name }));
  const { defaultBranchRef: ref } = answerShape.parse(data).repository;
  if (ref === null) throw new NotThere("the repository has no commit");
  const { oid: head, history } = ref.target;
  const newest = history.nodes.flatMap((node) => (node === null ? [] : [{ sha: node.oid, message: node.message }]));
  return { branch: ref.name, head, count: history.totalCount, newest };
}
