import { z } from "zod";
import type { CommandComment } from "../../domain/command/conversation.ts";
import { accountFragment } from "../account-fragment.ts";
import { accountShape, itemsOf } from "../answer-shapes.ts";
import { NotThere } from "../errors.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";
import { requireData } from "../require-data.ts";
import { toAccount } from "../to-account.ts";
import { repositoryFields, repositorySelection, toRepository } from "../to-repository.ts";

/** An issue's own text, as a comment with the number 0. */
export interface RequestIssue {
  readonly comment: CommandComment;
  readonly labels: readonly string[];
  readonly isOpen: boolean;
}

const answerShape = z.object({
  repository: z.object({
    ...repositoryFields,
    issue: z.object({
      number: z.number(),
      body: z.string(),
      url: z.string(),
      state: z.enum(["OPEN", "CLOSED"]),
      createdAt: z.coerce.date(),
      lastEditedAt: z.coerce.date().nullable(),
      author: accountShape,
      editor: accountShape,
      repository: z.object({ databaseId: z.number().nullable() }),
      labels: z.object({ nodes: z.array(z.object({ name: z.string() }).nullable()).nullable() }).nullable(),
    }),
  }),
});

/** Reads an issue by what it asks for; null where it is gone, or elsewhere by now. Throws what GitHubClient throws. */
export async function readRequestIssue(
  client: GitHubClient,
  { owner, name, number }: Place & { readonly number: number },
): Promise<RequestIssue | null> {
  const repository = await readRepository(client, { owner, name, number });
  if (repository === null || repository.issue.repository.databaseId !== repository.databaseId) return null;
  const { issue } = repository;
  const author = toAccount(issue.author);
  const { body, createdAt } = issue;
  const isEditedByOthers = issue.lastEditedAt !== null && toAccount(issue.editor)?.id !== author?.id;
  const conversation = { repository: toRepository(repository), number: issue.number, kind: "issue" as const, author };
  return {
    comment: { id: 0, body, url: issue.url, createdAt, author, isEditedByOthers, conversation },
    labels: itemsOf(issue.labels).map((label) => label.name),
    isOpen: issue.state === "OPEN",
  };
}

async function readRepository(client: GitHubClient, place: Place & { readonly number: number }) {
  try {
    return answerShape.parse(requireData(await client.query(requestIssueQuery, { ...place }))).repository;
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}

const requestIssueQuery = `
query RequestIssue($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    ${repositorySelection}
    issue(number: $number) {
      number body url state createdAt lastEditedAt
      repository { databaseId }
      author { ...Account }
      editor { ...Account }
      labels(first: 50) { nodes { name } }
    }
  }
}

${accountFragment}`;
