import type { TaskOf } from "../domain/task.ts";
import { findReleasesAtTag } from "../store/releases.ts";
import { acknowledgeRelease } from "./acknowledge-release.ts";
import type { Deps } from "./deps.ts";

/**
 * A release was made or published: it thanks people, where the settings do not say otherwise. Where a tag was pushed, the
 * releases that end or begin with it are looked at again: they may consist of something else now.
 */
export async function lookAtRelease(deps: Deps, task: TaskOf<"release">): Promise<void> {
  const { installationId, repositoryId, tag, releaseId } = task;
  if (releaseId === null) {
    const known = await findReleasesAtTag(deps.database, { installationId, repositoryId }, tag);
    for (const release of known) await deps.enqueue({ ...task, ...release });
    return;
  }
  const { kind } = await acknowledgeRelease(deps, task, { isAsked: false });
  deps.log.info({ installation: installationId, outcome: kind }, "a release was looked at");
}
