import { readAllBackfills } from "../store/backfills.ts";
import type { Deps } from "./deps.ts";

/** Begins with the histories that wait to be read, as those that somebody asked for in the database itself. */
export async function pickUpBackfills({ database, enqueueBackfill }: Pick<Deps, "database" | "enqueueBackfill">) {
  for (const { state, installationId, repositoryId, owner, name } of await readAllBackfills(database)) {
    if (state === "waiting") await enqueueBackfill({ installationId, repositoryId, owner, name });
  }
}
