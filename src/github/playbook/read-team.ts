import { NotThere } from "../errors.ts";
import type { GitHubClient } from "../github-client.ts";

type Client = Pick<GitHubClient, "request">;

/** A team, as `acme/platform`, and somebody by their login. */
interface TeamQuestion {
  readonly team: string;
  readonly login: string;
}

/** Whether somebody is in a team at this moment. Throws what GitHubClient throws. https://docs.github.com/rest/teams/members */
export async function isInTeam(client: Client, { team, login }: TeamQuestion): Promise<boolean> {
  const [org = "", slug = ""] = team.split("/");
  try {
    const { data } = await client.request("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", {
      org,
      team_slug: slug,
      username: login,
    });
    return data.state === "active";
  } catch (error) {
    if (error instanceof NotThere) return false;
    throw error;
  }
}

/**
 * Whether there is such a team for somebody who is a member of its organisation: a secret one is there for its own people
 * and for owners. Throws what GitHubClient throws.
 */
export async function seesTeam(
  client: Client,
  { team, login, isOwner }: TeamQuestion & { readonly isOwner: boolean },
): Promise<boolean> {
  const [org = "", slug = ""] = team.split("/");
  try {
    const { data } = await client.request("GET /orgs/{org}/teams/{team_slug}", { org, team_slug: slug });
    return isOwner || data.privacy === "closed" || (await isInTeam(client, { team, login }));
  } catch (error) {
    if (error instanceof NotThere) return false;
    throw error;
  }
}
