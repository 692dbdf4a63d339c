import type { RenderedRepository } from "../../domain/playbook/rendered-playbook.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";

export type Label = RenderedRepository["labels"][number];

/** All labels of a repository, as many as a hundred. Throws what GitHubClient throws. */
export async function listLabels(client: GitHubClient, { owner, name: repo }: Place): Promise<readonly Label[]> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/labels", { owner, repo, per_page: 100 });
  return data.map(({ name, color, description }) => ({ name, color, description }));
}

/** Makes a label; GitHub refuses a second one of its name. Throws what GitHubClient throws. */
export async function createLabel(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { name, color, description }: Label,
): Promise<void> {
  const described = description === null ? {} : { description };
  await client.request("POST /repos/{owner}/{repo}/labels", { owner, repo, name, color, ...described });
}

/** Makes a label that is there be written, coloured and described like this. Throws what GitHubClient throws. */
export async function changeLabel(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { existing, label }: { readonly existing: string; readonly label: Label },
): Promise<void> {
  const { name, color, description } = label;
  await client.request("PATCH /repos/{owner}/{repo}/labels/{name}", {
    owner,
    repo,
    name: existing,
    new_name: name,
    color,
    description: description ?? "",
  });
}
