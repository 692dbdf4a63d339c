import { join } from "node:path";
import type { Backfill } from "../store/backfills.ts";
import type { BackfillPlace, Deps } from "./deps.ts";

/** What a slice goes on from. */
export interface Slice {
  readonly place: BackfillPlace;
  readonly backfill: Backfill;
  readonly signal: AbortSignal;
}

/** Where the clone of a repository is while its commits are read. */
export function cloneOf(
  { clonesFolder }: Pick<Deps, "clonesFolder">,
  { installationId, repositoryId }: BackfillPlace,
): string {
  return join(clonesFolder, `${installationId}-${repositoryId}`);
}
