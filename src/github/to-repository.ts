import { z } from "zod";
import type { BranchedRepository, Repository } from "../domain/repository.ts";

/** What is asked of each repository. */
export const repositorySelection = "databaseId name owner { login } isPrivate url";
/** The same by whoever may read its contents. */
export const branchedSelection = `${repositorySelection} defaultBranchRef { name }`;

/** The answers to that. */
export const repositoryFields = {
  databaseId: z.number(),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  isPrivate: z.boolean(),
  url: z.string(),
};
export const branchedFields = { ...repositoryFields, defaultBranchRef: z.object({ name: z.string() }).nullable() };

const repositoryShape = z.object(repositoryFields);
const branchedShape = z.object(branchedFields);

export function toRepository({
  databaseId: id,
  name,
  owner,
  isPrivate,
  url,
}: z.infer<typeof repositoryShape>): Repository {
  return { id, owner: owner.login, name, isPrivate, url };
}

export function toBranchedRepository(answer: z.infer<typeof branchedShape>): BranchedRepository {
  return { ...toRepository(answer), defaultBranch: answer.defaultBranchRef?.name ?? "" };
}
