import type { Context } from "hono";
import { type Forge, gitDirectory } from "../forge.ts";
import { resolveCommit } from "../git/resolve-commit.ts";
import type { Repository } from "../model/repository.ts";
import { notFound } from "../refusal.ts";

/** What an address such as `/acme/tides/blob/feature/x/src/main.ts` names. */
export interface NamedContent {
  /** As the address has it, `feature/x`. */
  readonly revision: string;
  readonly commit: string;
  /** Empty for the root. */
  readonly path: string;
}

/**
 * Parts the end of an address into revision and path. Branches may have slashes in their names, and git lets no branch
 * be called as the folder of another, so the shortest beginning that is a revision is it. Throws a Refusal where none is.
 */
export async function readRevision(forge: Forge, repository: Repository, context: Context): Promise<NamedContent> {
  const parts = decodeParts(new URL(context.req.url).pathname.split("/").slice(4));
  const directory = gitDirectory(forge, repository);
  for (let count = 1; count <= Math.min(parts.length, 10); count += 1) {
    const revision = parts.slice(0, count).join("/");
    const commit = await resolveCommit(directory, revision);
    if (commit !== null) return { revision, commit, path: parts.slice(count).join("/").replace(/\/+$/, "") };
  }
  throw notFound();
}

function decodeParts(parts: readonly string[]): string[] {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    throw notFound();
  }
}
