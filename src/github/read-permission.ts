import type { Permission } from "../domain/command/conversation.ts";
import type { Account } from "../domain/credit/pull-request-facts.ts";
import { NotThere } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

/**
 * What a person may do in a repository at this moment. GitHub is asked by login, which may be somebody else's by now: an
 * answer about another account counts as none. Throws what GitHubClient throws.
 */
export async function readPermission(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { id, login: username }: Pick<Account, "id" | "login">,
): Promise<Permission> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
      owner,
      repo,
      username,
    });
    return data.user?.id === id ? toPermission(data.permission) : "none";
  } catch (error) {
    if (error instanceof NotThere) return "none";
    throw error;
  }
}

function toPermission(word: string): Permission {
  return word === "admin" || word === "write" || word === "read" ? word : "none";
}
