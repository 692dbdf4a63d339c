import { UserError } from "../domain/errors.ts";
import { removeClone } from "../git/clone-history.ts";
import { InstallationGone, InstallationSuspended, MissingPermission, NotThere } from "../github/errors.ts";
import { failBackfill, finishBackfill, readBackfill } from "../store/backfills.ts";
import { gatherStatistics } from "../store/gather-statistics.ts";
import { nothingYet, readSeen } from "../store/repositories.ts";
import { settleTallies } from "../store/settle-tallies.ts";
import type { BackfillPlace, Deps } from "./deps.ts";
import { fillInCommits } from "./fill-in-commits.ts";
import { fillInPullRequests } from "./fill-in-pull-requests.ts";
import { cloneOf } from "./slice.ts";

/** After so many pull requests and commits it is all added up at once, and the database reads what it has differently. */
const much = 1000;

/** One attempt at a slice. */
export interface Attempt {
  readonly isLastTry: boolean;
  /** Aborted where it shall end soon. */
  readonly signal: AbortSignal;
}

/**
 * Reads a slice of a repository's history into the ledger, and asks for the next: its merged pull requests first, then
 * the commits that came by none. Progress is kept after each page and each batch, so that whoever goes on, after an
 * end of any kind, does little of it twice.
 */
export async function fillInHistory(deps: Deps, place: BackfillPlace, attempt: Attempt): Promise<void> {
  const backfill = await readBackfill(deps.database, place);
  if (backfill === null || backfill.state === "done" || backfill.state === "failed") return;
  try {
    const slice = { place, backfill, signal: attempt.signal };
    const isDone =
      backfill.phase === "commits" ? await fillInCommits(deps, slice) : await fillInPullRequests(deps, slice);
    await deps.database.query.transaction().execute(async (transaction) => {
      if (isDone) await finishBackfill(transaction, place, deps.clock());
      else await deps.enqueueBackfill(place, transaction);
    });
    if (isDone) await deps.enqueue({ kind: "contributors", ...place });
    // What was pushed to an empty repository meanwhile has asked for a history that was being read already.
    if (isDone && (await readSeen(deps.database, place)) === nothingYet) {
      await deps.enqueue({ kind: "default branch", ...place });
    }
    if (isDone) await addUpIfMuch(deps, place);
  } catch (error) {
    if (!isFinal(error, attempt)) throw error;
    deps.log.warn({ installation: place.installationId, state: error.name }, "a history cannot be read now");
    await deps.database.query.transaction().execute(async (transaction) => {
      await failBackfill(transaction, place, { error: error.message, now: deps.clock() });
    });
    await removeClone(cloneOf(deps, place));
  }
}

async function addUpIfMuch({ database }: Deps, place: BackfillPlace): Promise<void> {
  const { pullsDone = 0, commitsDone = 0 } = (await readBackfill(database, place)) ?? {};
  if (pullsDone + commitsDone <= much) return;
  await settleTallies(database, place.installationId);
  await gatherStatistics(database);
}

/** What another try does not change: it goes on when somebody asks again, or the installation changes. */
function isFinal(error: unknown, { isLastTry, signal }: Attempt): error is Error {
  const states = [InstallationGone, InstallationSuspended, MissingPermission, NotThere];
  if (states.some((state) => error instanceof state)) return true;
  return error instanceof UserError && isLastTry && !signal.aborted;
}
