import { z } from "zod";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

export interface ReachedRepository extends Place {
  readonly id: number;
  readonly ownerId: number;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
}

const answerShape = z.object({
  repositories: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      owner: z.object({ id: z.number(), login: z.string() }),
      private: z.boolean(),
      default_branch: z.string(),
    }),
  ),
});

/**
 * What an installation reaches, for a client of one repository that one; of more, some. Unlike reading by name, which
 * follows to others' public repositories, this tells whose it is. Throws what GitHubClient throws.
 * https://docs.github.com/en/rest/apps/installations#list-repositories-accessible-to-the-app-installation
 */
export async function readReached(client: GitHubClient): Promise<ReachedRepository[]> {
  const { data } = await client.request("GET /installation/repositories");
  return answerShape.parse(data).repositories.map((repository) => ({
    id: repository.id,
    ownerId: repository.owner.id,
    owner: repository.owner.login,
    name: repository.name,
    isPrivate: repository.private,
    defaultBranch: repository.default_branch,
  }));
}
