import type { TaskOf } from "../domain/task.ts";
import { findTaggedReleases } from "../store/releases.ts";
import { acknowledgeRelease } from "./acknowledge-release.ts";
import type { Deps } from "./deps.ts";

/**
 * A release was made or published: it thanks people, where the settings do not say otherwise. Where a tag was pushed, the
 * releases that are known by it are looked at again: they may consist of something else now.
 */
export async function lookAtRelease(deps: Deps, task: TaskOf<"release">): Promise<void> {
  const { installationId, repositoryId, tag, releaseId } = task;
  if (releaseId === null) {
    const known = await findTaggedReleases(deps.database, { installationId, repositoryId }, tag);
    for (const id of known) await deps.enqueue({ ...task, releaseId: id });
    return;
  }
  const { kind } = await acknowledgeRelease(deps, task, { isAsked: false });
  deps.log.info({ installation: installationId, outcome: kind }, "a release was looked at");
}
