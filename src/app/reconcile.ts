import type { AppClient } from "../github/create-app-client.ts";
import { listInstallations } from "../github/list-installations.ts";
import { readPresentInstallations } from "../store/installations.ts";
import { claimReconciliations } from "../store/reconciliations.ts";
import type { Deps } from "./deps.ts";

/** How many repositories are looked through at once: a few, so that live work hardly notices. */
const repositoriesAtOnce = 20;

/** Has some of the repositories looked through that were not for so many milliseconds. */
export async function reconcileRepositories(
  { database, clock, enqueue }: Pick<Deps, "database" | "clock" | "enqueue">,
  every: number,
): Promise<void> {
  const due = await claimReconciliations(database, { now: clock(), every, most: repositoriesAtOnce });
  for (const place of due) await enqueue({ kind: "reconciliation", ...place });
}

/** Has each installation looked at: those that GitHub knows, and those that only we do. */
export async function reconcileInstallations(
  { database, enqueue }: Pick<Deps, "database" | "enqueue">,
  client: AppClient,
): Promise<void> {
  const listed = await listInstallations(client);
  const known = new Set(listed.map(({ installationId }) => installationId));
  const others = (await readPresentInstallations(database)).filter((id) => !known.has(id));
  for (const { installationId, account } of listed) await enqueue({ kind: "installation", installationId, account });
  for (const installationId of others) await enqueue({ kind: "installation", installationId, account: null });
}
