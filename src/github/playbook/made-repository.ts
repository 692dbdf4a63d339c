import { z } from "zod";
import { NotThere } from "../errors.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";

/** A repository as a run knows the one that it makes. */
export interface MadeRepository extends Place {
  readonly id: number;
  readonly url: string;
  readonly description: string | null;
  readonly defaultBranch: string;
}

const answerShape = z.object({
  id: z.number(),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  html_url: z.string(),
  description: z.string().nullable(),
  default_branch: z.string(),
});

/** What to make: private where it is not public, and with a first commit, without which it takes no files. */
export interface RepositoryToMake extends Place {
  readonly visibility: "public" | "private" | "internal";
  readonly description: string;
}

/** Makes a repository in an organisation. Throws what GitHubClient throws. */
export async function makeRepository(
  client: GitHubClient,
  { owner, name, visibility, description }: RepositoryToMake,
): Promise<MadeRepository> {
  // Only GitHub Enterprise knows it, and its description has it.
  const internal: object = visibility === "internal" ? { visibility } : {};
  const { data } = await client.request("POST /orgs/{org}/repos", {
    org: owner,
    name,
    description,
    private: visibility !== "public",
    ...internal,
    auto_init: true,
  });
  return toRepository(data);
}

/** The repository of that name as it is now; null where none is shown. Throws what GitHubClient throws. */
export async function findRepository(
  client: GitHubClient,
  { owner, name: repo }: Place,
): Promise<MadeRepository | null> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}", { owner, repo });
    return toRepository(data);
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}

function toRepository(data: unknown): MadeRepository {
  const { id, name, owner, html_url: url, description, default_branch: defaultBranch } = answerShape.parse(data);
  return { id, owner: owner.login, name, url, description, defaultBranch };
}
