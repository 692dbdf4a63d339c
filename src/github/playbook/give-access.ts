import type { RenderedRepository } from "../../domain/playbook/rendered-playbook.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";

/** Gives a team its access to a repository; a team is named as `organisation/team`. Throws what GitHubClient throws. */
export async function giveAccess(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { team, permission }: RenderedRepository["teams"][number],
): Promise<void> {
  const [org = "", slug = ""] = team.split("/");
  await client.request("PUT /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}", {
    org,
    team_slug: slug.toLowerCase(),
    owner,
    repo,
    permission,
  });
}
