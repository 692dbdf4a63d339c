import { z } from "zod";
import type { BranchedRepository } from "../domain/repository.ts";
import { itemsOf } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import { defaultBranchQuery } from "./look-queries.ts";
import type { Place } from "./place.ts";
import { requireData } from "./require-data.ts";
import { branchedFields, toBranchedRepository } from "./to-repository.ts";

export interface DefaultBranch {
  readonly repository: BranchedRepository;
  /** Null where nothing is committed yet. */
  readonly head: {
    readonly sha: string;
    /** The commit that a pull request's merge made it from; null where it came otherwise. */
    readonly mergedOnto: string | null;
  } | null;
  /** The id of the folder `.github`: another one when anything in it changed. Null without one. */
  readonly settingsTree: string | null;
  /** The text of the configuration file; null where there is none. */
  readonly configuration: string | null;
  /** The numbers of the pull requests that are open. */
  readonly open: readonly number[];
}

const headShape = z.object({
  oid: z.string(),
  parents: z.object({ nodes: z.array(z.object({ oid: z.string() }).nullable()).nullable() }).nullish(),
  associatedPullRequests: z
    .object({
      nodes: z
        .array(z.object({ merged: z.boolean(), mergeCommit: z.object({ oid: z.string() }).nullable() }).nullable())
        .nullable(),
    })
    .nullish(),
});

const answerShape = z.object({
  repository: z.object({
    ...branchedFields,
    defaultBranchRef: z.object({ name: z.string(), target: headShape.nullable() }).nullable(),
    settings: z.object({ oid: z.string() }).nullish(),
    configuration: z.object({ text: z.string().nullish() }).nullish(),
    pullRequests: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(z.object({ number: z.number() }).nullable()).nullable(),
    }),
  }),
});
type Answer = z.infer<typeof answerShape>["repository"];

/**
 * The default branch, and all that is open, a hundred with each query. Throws what GitHubClient throws, and NotThere.
 */
export async function readDefaultBranch(client: GitHubClient, { owner, name }: Place): Promise<DefaultBranch> {
  let last = await ask(null);
  const open = itemsOf(last.pullRequests);
  while (last.pullRequests.pageInfo.hasNextPage) {
    last = await ask(last.pullRequests.pageInfo.endCursor);
    open.push(...itemsOf(last.pullRequests));
  }
  return { ...toBranch(last), open: open.map(({ number }) => number) };

  async function ask(after: string | null): Promise<Answer> {
    const data = requireData(await client.query(defaultBranchQuery, { owner, name, after }));
    return answerShape.parse(data).repository;
  }
}

function toBranch(answer: Answer): Omit<DefaultBranch, "open"> {
  const target = answer.defaultBranchRef?.target;
  return {
    repository: toBranchedRepository(answer),
    head: target ? toHead(target) : null,
    settingsTree: answer.settings?.oid ?? null,
    configuration: answer.configuration?.text ?? null,
  };
}

function toHead({ oid: sha, parents, associatedPullRequests }: z.infer<typeof headShape>): DefaultBranch["head"] {
  const isMerge = itemsOf(associatedPullRequests).some(({ merged, mergeCommit }) => merged && mergeCommit?.oid === sha);
  return { sha, mergedOnto: isMerge ? (itemsOf(parents)[0]?.oid ?? null) : null };
}
