import { NotThere } from "../errors.ts";
import type { GitHubClient } from "../github-client.ts";

/**
 * Whether an account is a member of an organisation at this moment. GitHub is asked by login, which may be somebody else's
 * by now: an answer about another account counts as no. Throws what GitHubClient throws.
 */
export async function isActiveMember(
  client: GitHubClient,
  organization: string,
  { id, login: username }: { readonly id: number; readonly login: string },
): Promise<boolean> {
  try {
    const { data } = await client.request("GET /orgs/{org}/memberships/{username}", { org: organization, username });
    return data.state === "active" && data.user?.id === id;
  } catch (error) {
    if (error instanceof NotThere) return false;
    throw error;
  }
}
