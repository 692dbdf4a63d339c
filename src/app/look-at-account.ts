import type { TaskOf } from "../domain/task.ts";
import { readReached } from "../github/read-reached.ts";
import { renameOwner } from "../store/installations.ts";
import type { Deps } from "./deps.ts";

/** Follows an organisation to its new name. */
export async function lookAtAccount(
  { database, octokitFor }: Deps,
  { installationId }: TaskOf<"account">,
): Promise<void> {
  const [any] = await readReached(octokitFor(installationId, { permissions: { metadata: "read" } }));
  if (any === undefined) return;
  await renameOwner(database, { installationId, accountId: any.ownerId, login: any.owner });
}
