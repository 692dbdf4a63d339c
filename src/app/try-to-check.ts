import type { SetCheck } from "../domain/action.ts";
import { applyActions } from "../github/apply-actions.ts";
import { MissingPermission } from "../github/errors.ts";
import type { Deps, PullRequestPlace } from "./deps.ts";

/** Sets a check; says which permissions that takes and nobody has granted. */
export async function tryToCheck(
  { octokitFor, log }: Pick<Deps, "octokitFor" | "log">,
  { installationId, repositoryId, owner, name }: Omit<PullRequestPlace, "number">,
  check: SetCheck,
): Promise<readonly string[]> {
  const checker = octokitFor(installationId, { repositoryId, permissions: { checks: "write", metadata: "read" } });
  try {
    await applyActions(checker, { owner, name }, [check]);
    return [];
  } catch (error) {
    if (!(error instanceof MissingPermission)) throw error;
    const missing = error.permissions.length > 0 ? error.permissions : ["checks: write"];
    log.warn({ installation: installationId, missing: missing.join(", ") }, "the check is asked for and not allowed");
    return missing;
  }
}
