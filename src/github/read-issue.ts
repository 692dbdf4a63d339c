import { z } from "zod";
import type { SolvableIssue } from "../domain/credit/is-solved.ts";
import type { BranchedRepository } from "../domain/repository.ts";
import { accountShape, itemsOf } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import { issueQuery } from "./look-queries.ts";
import type { Place } from "./place.ts";
import { requireData } from "./require-data.ts";
import { toAccount } from "./to-account.ts";
import { branchedFields, toBranchedRepository } from "./to-repository.ts";

export interface IssueReading {
  readonly issue: SolvableIssue;
  readonly repository: BranchedRepository;
  /** The numbers of the pull requests of the same repository that close it, or have closed it; at most fifty. */
  readonly closedBy: readonly number[];
}

const ownerShape = z.object({ login: z.string() });

const issueShape = z.object({
  number: z.number(),
  title: z.string(),
  url: z.string(),
  state: z.enum(["OPEN", "CLOSED"]),
  stateReason: z.string().nullable(),
  closedAt: z.coerce.date().nullable(),
  authorAssociation: z.string(),
  repository: z.object({ databaseId: z.number().nullable() }),
  author: accountShape,
  labels: z.object({ nodes: z.array(z.object({ name: z.string() }).nullable()).nullable() }).nullable(),
  closings: z.object({ nodes: z.array(z.object({ actor: accountShape.optional() }).nullable()).nullable() }),
  closedByPullRequestsReferences: z
    .object({
      nodes: z
        .array(
          z
            .object({
              number: z.number(),
              merged: z.boolean(),
              repository: z.object({ databaseId: z.number().nullable(), owner: ownerShape }),
            })
            .nullable(),
        )
        .nullable(),
    })
    .nullable(),
});

const answerShape = z.object({
  repository: z.object({
    ...branchedFields,
    issue: issueShape,
  }),
});

/** GitHub's words for those who may close issues for everybody. */
const insiders = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);
const unsolved = new Set(["NOT_PLANNED", "DUPLICATE"]);

/**
 * Reads an issue, and what closes it. Null where it is deleted, was transferred, or is none. Throws what GitHubClient
 * throws, QueryFailed, and NotThere where the repository is not to be seen.
 */
export async function readIssue(
  client: GitHubClient,
  { owner, name, number }: Place & { readonly number: number },
): Promise<IssueReading | null> {
  const answer = await client.query(issueQuery, { owner, name, number });
  const isGone = answer.errors.some(({ type, path }) => type === "NOT_FOUND" && path.join(".") === "repository.issue");
  if (isGone) return null;
  const { repository } = answerShape.parse(requireData(answer));
  const { databaseId: id, issue } = repository;
  if (issue.repository.databaseId !== id) return null;
  const closing = itemsOf(issue.closedByPullRequestsReferences);
  const login = repository.owner.login;
  return {
    issue: {
      number: issue.number,
      title: issue.title,
      url: issue.url,
      author: toAccount(issue.author),
      labels: itemsOf(issue.labels).map((label) => label.name),
      // Issues that were closed before GitHub asked for a reason have none.
      closed:
        issue.state === "CLOSED" && issue.closedAt !== null
          ? { at: issue.closedAt, by: toCloser(issue), isCompleted: !unsolved.has(issue.stateReason ?? "") }
          : null,
      isByInsider: insiders.has(issue.authorAssociation),
      // What others merge elsewhere gives nobody credit here.
      isClosedByMerge: closing.some(({ merged, repository: of }) => merged && of.owner.login === login),
    },
    repository: toBranchedRepository(repository),
    closedBy: closing.filter(({ repository: of }) => of.databaseId === id).map((pull) => pull.number),
  };
}

function toCloser({ closings }: z.infer<typeof issueShape>) {
  return toAccount(itemsOf(closings)[0]?.actor ?? null);
}
