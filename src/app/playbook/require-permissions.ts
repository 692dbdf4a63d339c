import type { Plan } from "../../domain/playbook/plan.ts";
import { planPermissions } from "../../domain/playbook/plan-permissions.ts";
import { MissingPermission } from "../../github/errors.ts";
import type { Deps } from "../deps.ts";
import type { PlaybookAsk } from "./playbook-ask.ts";

/**
 * Throws MissingPermission where the installation has not granted what nothing could be made without. It asks for a token that
 * is good for nothing but the repository in which the plan is asked for.
 */
export async function requirePermissions(
  { octokitFor }: Pick<Deps, "octokitFor">,
  { installationId, comment }: Pick<PlaybookAsk, "installationId" | "comment">,
  plan: Plan,
): Promise<void> {
  const permissions = planPermissions(plan);
  const repositoryId = comment.conversation.repository.id;
  try {
    await octokitFor(installationId, { repositoryId, permissions }).token();
  } catch (error) {
    if (!(error instanceof MissingPermission) || error.permissions.join() !== "administration: write") throw error;
    // That is enough to make a repository, though not to protect it.
    const { administration: _, ...others } = permissions;
    const lesser = { ...others, repository_creation: "write" as const };
    await octokitFor(installationId, { repositoryId, permissions: lesser })
      .token()
      .catch((second: unknown) => {
        throw second instanceof MissingPermission ? error : second;
      });
  }
}
