import { fileAnswerShape } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";
import { fileQuery } from "./pull-request-query.ts";
import { requireData } from "./require-data.ts";

export interface FileToRead extends Place {
  readonly path: string;
  /** A branch, tag or commit; the default branch where it is not given. */
  readonly ref?: string;
}

/**
 * The text of a file; null where there is none, or none that is text. GitHub cuts it after 512,000 bytes. Throws NotThere
 * where the repository is not to be seen.
 */
export async function readFileFromRepository(
  client: GitHubClient,
  { owner, name, path, ref = "HEAD" }: FileToRead,
): Promise<string | null> {
  const data = requireData(await client.query(fileQuery, { owner, name, expression: `${ref}:${path}` }));
  return fileAnswerShape.parse(data).repository.object?.text ?? null;
}
