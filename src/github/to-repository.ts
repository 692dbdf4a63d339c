import { z } from "zod";
import type { Repository } from "../domain/repository.ts";

/** What is asked of each repository. */
export const repositorySelection = "databaseId name owner { login } isPrivate url defaultBranchRef { name }";

/** The answer to that. */
export const repositoryFields = {
  databaseId: z.number(),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  isPrivate: z.boolean(),
  url: z.string(),
  defaultBranchRef: z.object({ name: z.string() }).nullable(),
};
const answerShape = z.object(repositoryFields);

export function toRepository({
  databaseId: id,
  name,
  owner,
  isPrivate,
  url,
  defaultBranchRef: branch,
}: z.infer<typeof answerShape>): Repository {
  return { id, owner: owner.login, name, isPrivate, url, defaultBranch: branch?.name ?? "" };
}
