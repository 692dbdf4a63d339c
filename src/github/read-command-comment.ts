import { z } from "zod";
import type { CommandComment } from "../domain/command/conversation.ts";
import { accountShape } from "./answer-shapes.ts";
import { commandCommentQuery } from "./command-queries.ts";
import { NotThere } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import { requireData } from "./require-data.ts";
import { toAccount } from "./to-account.ts";
import { repositoryFields, toRepository } from "./to-repository.ts";

const opened = z.object({ number: z.number(), author: accountShape });

const answerShape = z.object({
  node: z
    .object({
      fullDatabaseId: z.coerce.number().int().positive(),
      body: z.string(),
      url: z.string(),
      createdAt: z.coerce.date(),
      lastEditedAt: z.coerce.date().nullable(),
      author: accountShape,
      editor: accountShape,
      pullRequest: opened.nullish(),
      issue: opened.nullish(),
      repository: z.object(repositoryFields),
    })
    .nullable(),
});

/** A comment, by its id in GraphQL; null where it is gone. Throws what GitHubClient throws. */
export async function readCommandComment(
  client: GitHubClient,
  wish: { readonly id: string; readonly isPullRequest: boolean },
): Promise<CommandComment | null> {
  const node = await readNode(client, wish);
  if (node === null) return null;
  const { fullDatabaseId: id, body, url, createdAt, lastEditedAt, pullRequest, issue, repository } = node;
  const place = pullRequest ?? issue;
  if (!place) return null;
  const author = toAccount(node.author);
  return {
    id,
    body,
    url,
    createdAt,
    author,
    isEditedByOthers: lastEditedAt !== null && toAccount(node.editor)?.id !== author?.id,
    conversation: {
      repository: toRepository(repository),
      number: place.number,
      kind: pullRequest ? "pull request" : "issue",
      author: toAccount(place.author),
    },
  };
}

async function readNode(client: GitHubClient, wish: { readonly id: string; readonly isPullRequest: boolean }) {
  try {
    return answerShape.parse(requireData(await client.query(commandCommentQuery, wish))).node;
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}
