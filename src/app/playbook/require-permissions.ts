import type { Plan } from "../../domain/playbook/plan.ts";
import { planPermissions } from "../../domain/playbook/plan-permissions.ts";
import { MissingPermission } from "../../github/errors.ts";
import type { Deps } from "../deps.ts";

/** Throws MissingPermission where the installation has not granted what nothing could be made without. */
export async function requirePermissions(
  { octokitFor }: Pick<Deps, "octokitFor">,
  installationId: number,
  plan: Plan,
): Promise<void> {
  const permissions = planPermissions(plan);
  try {
    await octokitFor(installationId, { permissions }).token();
  } catch (error) {
    if (!(error instanceof MissingPermission) || error.permissions.join() !== "administration: write") throw error;
    // That is enough to make a repository, though not to protect it.
    const { administration: _, ...others } = permissions;
    const lesser = { ...others, repository_creation: "write" as const };
    await octokitFor(installationId, { permissions: lesser })
      .token()
      .catch((second: unknown) => {
        throw second instanceof MissingPermission ? error : second;
      });
  }
}
