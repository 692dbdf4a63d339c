import { z } from "zod";
import { branchedFields } from "./to-repository.ts";

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

/** A page of a list; GitHub may leave out any item, and any list. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ nodes: z.array(item.nullable()).nullable() }).nullish();
}

function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ pageInfo, nodes: z.array(item.nullable()).nullable() }).nullish();
}

/** What is in a list. */
export function itemsOf<Item>(
  list: { readonly nodes: readonly (Item | null)[] | null } | null | undefined,
): NonNullable<Item>[] {
  return (list?.nodes ?? []).flatMap((item) => item ?? []);
}

export const accountShape = z
  .object({ type: z.string(), login: z.string(), databaseId: z.number().nullish(), name: z.string().nullish() })
  .nullable();

const authorsShape = z.object({
  pageInfo,
  nodes: z
    .array(
      z
        .object({
          name: z.string().nullable(),
          email: z.string().nullable(),
          user: z.object({ login: z.string(), databaseId: z.number().nullable() }).nullable(),
        })
        .nullable(),
    )
    .nullable(),
});

export const commitShape = z.object({
  id: z.string(),
  oid: z.string(),
  url: z.string(),
  message: z.string(),
  parents: z.object({ totalCount: z.number() }),
  authors: authorsShape,
});

const textShape = z.object({ text: z.string().nullish() }).nullish();

const templateShapes = { commentTemplate: textShape, checkTemplate: textShape };

const fileShape = z.object({ object: textShape }).nullish();

const headShape = z.object({
  oid: z.string(),
  file: fileShape,
  commentTemplate: fileShape,
  checkTemplate: fileShape,
});

const moment = z.coerce.date();

/** GitHub's numbers of comments no longer fit its Int, and come as text. */
const bigNumber = z.coerce.number().int().positive();

const commentShape = z.object({
  id: z.string(),
  fullDatabaseId: bigNumber,
  author: accountShape,
  body: z.string(),
  url: z.string(),
});

const mergingFields = {
  ...branchedFields,
  squashMergeCommitTitle: z.enum(["PR_TITLE", "COMMIT_OR_PR_TITLE"]),
  squashMergeCommitMessage: z.enum(["PR_BODY", "COMMIT_MESSAGES", "BLANK"]),
  mergeCommitAllowed: z.boolean(),
  squashMergeAllowed: z.boolean(),
  rebaseMergeAllowed: z.boolean(),
  merged: z.object({ totalCount: z.number() }),
};

/** What is told once, with the first page. */
const pullRequestFields = {
  number: z.number(),
  title: z.string(),
  body: z.string(),
  url: z.string(),
  author: accountShape,
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  isDraft: z.boolean(),
  baseRefName: z.string(),
  isInMergeQueue: z.boolean(),
  mergedAt: moment.nullable(),
  mergedBy: accountShape,
  mergeCommit: commitShape.nullable(),
};

const pullRequestLists = {
  squashTitle: z.string().optional(),
  squashBody: z.string().optional(),
  head: listOf(z.object({ commit: headShape })),
  commits: pageOf(z.object({ commit: commitShape })),
  reviews: pageOf(
    z.object({
      author: accountShape,
      state: z.enum(["PENDING", "COMMENTED", "APPROVED", "CHANGES_REQUESTED", "DISMISSED"]),
      url: z.string(),
      submittedAt: moment.nullable(),
    }),
  ),
  closingIssues: pageOf(
    z.object({
      number: z.number(),
      title: z.string(),
      url: z.string(),
      author: accountShape,
      labels: listOf(z.object({ name: z.string() })),
    }),
  ),
  comments: pageOf(commentShape),
  files: pageOf(z.object({ path: z.string() })),
};

export const firstPageShape = z.object({
  organization: z.object({ configuration: textShape, ...templateShapes }).nullish(),
  repository: z.object({
    ...mergingFields,
    configuration: textShape,
    ...templateShapes,
    pullRequest: z.object({ ...pullRequestFields, ...pullRequestLists }),
  }),
});

/** A page of pull requests, each with the first page of its lists. */
export const mergedPageShape = z.object({
  organization: z.object({ configuration: textShape }).nullish(),
  repository: z.object({
    ...mergingFields,
    configuration: textShape,
    pullRequests: z.object({
      totalCount: z.number(),
      pageInfo,
      nodes: z.array(z.object({ ...pullRequestFields, ...pullRequestLists }).nullable()).nullable(),
    }),
  }),
});

export const nextPageShape = z.object({ repository: z.object({ pullRequest: z.object(pullRequestLists) }) });

export const authorsAnswerShape = z.object({ node: z.object({ authors: authorsShape }) });

export const historyAnswerShape = z.object({
  node: z.object({ history: z.object({ pageInfo, nodes: z.array(commitShape.nullable()).nullable() }) }),
});

export const commentsAnswerShape = z.object({
  repository: z.object({ issueOrPullRequest: z.object({ comments: listOf(commentShape) }) }),
});

export const fileAnswerShape = z.object({ repository: z.object({ object: textShape }) });

export type AccountAnswer = z.infer<typeof accountShape>;
export type CommitAnswer = z.infer<typeof commitShape>;
export type CommentAnswer = z.infer<typeof commentShape>;
export type FirstPage = z.infer<typeof firstPageShape>;
export type MergedPage = z.infer<typeof mergedPageShape>;
export type NextPage = z.infer<typeof nextPageShape>;
