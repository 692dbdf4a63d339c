import type { TaskOf } from "../domain/task.ts";
import { InstallationGone, InstallationSuspended } from "../github/errors.ts";
import { listRepositories, type ReachedRepository } from "../github/list-repositories.ts";
import { loseInstallation, rememberInstallation, suspendInstallation } from "../store/installations.ts";
import { findShared, loseRepository, readRepositories, rememberRepository } from "../store/repositories.ts";
import { askForBackfill } from "./ask-for-backfill.ts";
import type { Deps } from "./deps.ts";

/**
 * The app was installed, removed, suspended, or given other permissions or repositories: keeps what is so now, and has
 * the history of each repository read whose history nobody knows.
 */
export async function lookAtInstallation(
  deps: Deps,
  { installationId, account }: TaskOf<"installation">,
): Promise<void> {
  const { database, clock } = deps;
  const reached = await listReached(deps, installationId);
  if (reached === null) return;
  const owner = account ?? reached[0]?.owner;
  await database.query.transaction().execute(async (transaction) => {
    if (owner !== undefined) {
      await rememberInstallation(transaction, { installationId, accountId: owner.id, login: owner.login });
    }
    for (const repository of reached) {
      await rememberRepository(transaction, installationId, { ...repository, owner: repository.owner.login });
    }
  });
  const ids = new Set(reached.map(({ id }) => id));
  const shared = await findShared(database, installationId);
  for (const { historyState, ...place } of await readRepositories(database, installationId)) {
    // It has come from another organisation, or gone to one: what is known of it goes along.
    if (shared.has(place.repositoryId)) await deps.enqueue({ kind: "repository", ...place });
    else if (!ids.has(place.repositoryId)) await loseRepository(database, place, clock());
    else if (historyState === "none") await askForBackfill(deps, place);
  }
}

/** Null where the installation is asleep or gone, which is kept. */
async function listReached(
  { octokitFor, database, clock }: Deps,
  installationId: number,
): Promise<readonly ReachedRepository[] | null> {
  try {
    return await listRepositories(octokitFor(installationId, { permissions: { metadata: "read" } }));
  } catch (error) {
    if (error instanceof InstallationSuspended) await suspendInstallation(database, installationId);
    else if (error instanceof InstallationGone) await loseInstallation(database, installationId, clock());
    else throw error;
    return null;
  }
}
