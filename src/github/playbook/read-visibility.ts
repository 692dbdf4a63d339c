import { NotThere } from "../errors.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";

/** Whether everybody sees a repository; `none` where the app sees none of that name. Throws what GitHubClient throws. */
export async function readVisibility(
  client: Pick<GitHubClient, "request">,
  { owner, name: repo }: Place,
): Promise<"public" | "not public" | "none"> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}", { owner, repo });
    return data.visibility === "public" && !data.private ? "public" : "not public";
  } catch (error) {
    if (error instanceof NotThere) return "none";
    throw error;
  }
}
