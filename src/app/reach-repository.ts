import { NotThere } from "../github/errors.ts";
import { type ReachedRepository, readReached } from "../github/read-reached.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import type { Deps } from "./deps.ts";

/** A repository by its id, as an installation has it now; null where it does not. Throws what GitHubClient throws. */
export async function reachRepository(
  { octokitFor }: Pick<Deps, "octokitFor">,
  { installationId, repositoryId }: RepositoryKey,
): Promise<ReachedRepository | null> {
  try {
    const client = octokitFor(installationId, { repositoryId, permissions: { metadata: "read" } });
    return (await readReached(client)).find(({ id }) => id === repositoryId) ?? null;
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}
