import type { RenderedRepository } from "../../domain/playbook/rendered-playbook.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";

type Settings = Pick<RenderedRepository, "description" | "homepage" | "features" | "merge">;

/** Says what a repository is about, and switches its features and ways to merge. Throws what GitHubClient throws. */
export async function changeSettings(
  client: GitHubClient,
  { owner, name: repo }: Place,
  { description, homepage, features, merge }: Settings,
): Promise<void> {
  await client.request("PATCH /repos/{owner}/{repo}", {
    owner,
    repo,
    description: description ?? "",
    ...(homepage !== null && { homepage }),
    ...given({
      has_issues: features.issues,
      has_wiki: features.wiki,
      has_projects: features.projects,
      has_discussions: features.discussions,
      allow_squash_merge: merge.squash,
      allow_merge_commit: merge["merge-commit"],
      allow_rebase_merge: merge.rebase,
      allow_auto_merge: merge["auto-merge"],
      allow_update_branch: merge["update-branch"],
      delete_branch_on_merge: merge["delete-branch"],
    }),
  });
}

function given(switches: Readonly<Record<string, boolean | undefined>>): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(switches).flatMap(([name, isOn]) => (isOn === undefined ? [] : [[name, isOn]])),
  );
}

/** Replaces the topics of a repository. Throws what GitHubClient throws. */
export async function replaceTopics(
  client: GitHubClient,
  { owner, name: repo }: Place,
  names: readonly string[],
): Promise<void> {
  await client.request("PUT /repos/{owner}/{repo}/topics", { owner, repo, names: [...names] });
}

/** Sets what the organisation wants to be said of each of its repositories. Throws what GitHubClient throws. */
export async function setProperties(
  client: GitHubClient,
  { owner, name: repo }: Place,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  await client.request("PATCH /repos/{owner}/{repo}/properties/values", {
    owner,
    repo,
    properties: Object.entries(values).map(([name, value]) => ({ property_name: name, value })),
  });
}
