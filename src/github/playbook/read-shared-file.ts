import { z } from "zod";
import type { GitHubClient } from "../github-client.ts";
import { requireData } from "../require-data.ts";

const answerShape = z.object({
  repository: z.object({
    owner: z.object({ login: z.string() }),
    object: z
      .object({
        text: z.string().nullish(),
        isTruncated: z.boolean().optional(),
      })
      .nullable(),
  }),
});

const sharedFileQuery = `
query SharedFile($owner: String!, $expression: String!) {
  repository(owner: $owner, name: ".github") {
    owner { login }
    object(expression: $expression) { ... on Blob { text isTruncated } }
  }
}`;

/**
 * The text of a file on the default branch of an organisation's own repository `.github`. Null where there is no such file;
 * `unreadable` where it is no text, too long for GitHub to give whole, or where the repository is somebody else's by now.
 * Throws NotThere where the repository is not to be seen, and what GitHubClient throws.
 */
export async function readSharedFile(
  client: Pick<GitHubClient, "query">,
  { organisation, path }: { readonly organisation: string; readonly path: string },
): Promise<{ readonly text: string } | null | "unreadable"> {
  const variables = { owner: organisation, expression: `HEAD:${path}` };
  const { repository } = answerShape.parse(requireData(await client.query(sharedFileQuery, variables)));
  const { owner, object } = repository;
  if (owner.login.toLowerCase() !== organisation.toLowerCase()) return "unreadable";
  if (object === null) return null;
  const { text, isTruncated } = object;
  return typeof text !== "string" || isTruncated === true ? "unreadable" : { text };
}
