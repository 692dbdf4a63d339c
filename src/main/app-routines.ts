import type { Deps } from "../app/deps.ts";
import { reconcileInstallations, reconcileRepositories } from "../app/reconcile.ts";
import { type SweepLimits, sweepDeliveries, usualSweepLimits } from "../app/sweep-deliveries.ts";
import type { AppClient } from "../github/create-app-client.ts";
import type { Routine } from "../jobs/start-routines.ts";
import { backUp } from "../store/back-up.ts";
import { settleAllTallies } from "../store/settle-tallies.ts";

/** How often the app looks for what nobody told it of; in milliseconds. */
export interface Schedule {
  /** From one reading of GitHub's log of deliveries to the next. */
  readonly sweep: number;
  /** From one look through the same repository, or at the same installation, to the next. */
  readonly reconcile: number;
  readonly sweepLimits: SweepLimits;
  /** From one backup of the embedded database to the next. */
  readonly backup: number;
}

const minute = 60_000;

export const usualSchedule: Schedule = {
  sweep: 5 * minute,
  reconcile: 6 * 60 * minute,
  sweepLimits: usualSweepLimits,
  backup: 24 * 60 * minute,
};

/** Backups that stay. */
const kept = 7;

export interface RoutineTools {
  readonly appId: string;
  readonly client: AppClient;
  readonly schedule: Schedule;
  /** Where the embedded database is backed up; null for nowhere. */
  readonly backupsFolder: string | null;
}

/** What the app does now and then, so that nothing is lost for good. */
export function appRoutines(deps: Deps, { appId, client, schedule, backupsFolder }: RoutineTools): Routine[] {
  const { sweep, reconcile, sweepLimits: limits, backup } = schedule;
  const { database, clock } = deps;
  const routines: Routine[] = [
    {
      name: "sweep deliveries",
      every: sweep,
      atStart: true,
      run: (signal) => sweepDeliveries({ ...deps, appId, client, limits, signal }),
    },
    {
      name: "reconcile repositories",
      every: Math.min(minute, reconcile),
      atStart: true,
      run: () => reconcileRepositories(deps, reconcile),
    },
    {
      name: "reconcile installations",
      every: reconcile,
      atStart: true,
      run: () => reconcileInstallations(deps, client),
    },
  ];
  // Whoever looks at a page adds up what is left; where nobody looks it would become too much for one.
  routines.push({ name: "add up tallies", every: minute, atStart: true, run: () => settleAllTallies(database) });
  if (database.kind === "pglite" && backupsFolder !== null) {
    const write = async (): Promise<void> => {
      const path = await backUp(database, { folder: backupsFolder, keep: kept, now: clock() });
      deps.log.info({ path }, "the ledger is backed up");
    };
    routines.push({ name: "back up", every: backup, atStart: false, run: write });
  }
  return routines;
}
