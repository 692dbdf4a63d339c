import { releasesToLookAt } from "../domain/release/releases-to-look-at.ts";
import type { TaskOf } from "../domain/task.ts";
import { MissingPermission } from "../github/errors.ts";
import { readReleasesByPage } from "../github/read-releases-by-page.ts";
import { readKnownReleases } from "../store/releases.ts";
import type { Deps } from "./deps.ts";

interface ReleaseToLookAt {
  readonly id: number;
  readonly tag: string;
}

/** What editing a release takes; drafts are shown to nobody with less. */
const permissions = { contents: "write", metadata: "read" } as const;
/** So many pages are read where many releases changed at once. */
const mostPages = 10;

/**
 * The releases that were made, published, made drafts, moved or deleted without us. The newest hundred are held against
 * what is known of them; a page of which nothing changed is the last one. None where the installation lets no release be
 * written. Throws what GitHubClient throws.
 */
export async function findChangedReleases(
  deps: Pick<Deps, "database" | "octokitFor">,
  { installationId, repositoryId, owner, name }: TaskOf<"reconciliation">,
  since: Date,
): Promise<ReleaseToLookAt[]> {
  const client = deps.octokitFor(installationId, { repositoryId, permissions });
  const known = await readKnownReleases(deps.database, { installationId, repositoryId });
  const there = new Set<number>();
  const changed: ReleaseToLookAt[] = [];
  try {
    let pages = 0;
    for await (const { repository, releases, isLast } of readReleasesByPage(client, { owner, name })) {
      // It is somebody else's by now, which the look at it finds out.
      if (repository.id !== repositoryId || repository.owner !== owner) return [];
      pages += 1;
      for (const { id } of releases) there.add(id);
      const found = releasesToLookAt(releases, known, since);
      changed.push(...found);
      // Only the whole list tells what is gone.
      if (isLast) changed.push(...known.filter(({ id }) => !there.has(id)));
      if (found.length === 0 || pages === mostPages) break;
    }
  } catch (error) {
    if (error instanceof MissingPermission) return [];
    throw error;
  }
  return changed.map(({ id, tag }) => ({ id, tag }));
}
