import type { RenderedRepository } from "../../domain/playbook/rendered-playbook.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";

/** Opens a milestone, and gives its number; GitHub refuses a second one of its title. Throws what GitHubClient throws. */
export async function openMilestone(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { title, description }: RenderedRepository["milestones"][number],
): Promise<number> {
  const described = description === null ? {} : { description };
  const { data } = await client.request("POST /repos/{owner}/{repo}/milestones", { owner, repo, title, ...described });
  return data.number;
}

/** The number of the milestone with that title, open or closed; null where there is none. Throws what GitHubClient throws. */
export async function findMilestone(
  client: GitHubClient,
  { owner, name: repo }: Place,
  title: string,
): Promise<number | null> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/milestones", {
    owner,
    repo,
    state: "all",
    per_page: 100,
  });
  return data.find((milestone) => milestone.title === title)?.number ?? null;
}
