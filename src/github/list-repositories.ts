import type { GitHubClient } from "./github-client.ts";

/** A repository that an installation reaches. */
export interface ReachedRepository {
  readonly id: number;
  readonly owner: { readonly id: number; readonly login: string };
  readonly name: string;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
}

const pageSize = 100;

/** All repositories that an installation reaches, a hundred with each request. Throws what GitHubClient throws. */
export async function listRepositories({ request }: Pick<GitHubClient, "request">): Promise<ReachedRepository[]> {
  const reached: ReachedRepository[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await request("GET /installation/repositories", { per_page: pageSize, page });
    for (const { id, owner, name, private: isPrivate, default_branch: defaultBranch } of data.repositories) {
      reached.push({
        id: Number(id),
        owner: { id: Number(owner.id), login: owner.login },
        name,
        isPrivate,
        defaultBranch,
      });
    }
    if (data.repositories.length < pageSize) return reached;
  }
}
