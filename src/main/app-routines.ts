import type { Deps } from "../app/deps.ts";
import { reconcileInstallations, reconcileRepositories } from "../app/reconcile.ts";
import { type SweepLimits, sweepDeliveries, usualSweepLimits } from "../app/sweep-deliveries.ts";
import type { AppClient } from "../github/create-app-client.ts";
import type { Routine } from "../jobs/start-routines.ts";

/** How often the app looks for what nobody told it of; in milliseconds. */
export interface Schedule {
  /** From one reading of GitHub's log of deliveries to the next. */
  readonly sweep: number;
  /** From one look through the same repository, or at the same installation, to the next. */
  readonly reconcile: number;
  readonly sweepLimits: SweepLimits;
}

const minute = 60_000;

export const usualSchedule: Schedule = {
  sweep: 5 * minute,
  reconcile: 6 * 60 * minute,
  sweepLimits: usualSweepLimits,
};

/** What the app does now and then, so that nothing is lost for good. */
export function appRoutines(
  deps: Deps,
  { appId, client, schedule }: { readonly appId: string; readonly client: AppClient; readonly schedule: Schedule },
): Routine[] {
  const { sweep, reconcile, sweepLimits: limits } = schedule;
  return [
    {
      name: "sweep deliveries",
      every: sweep,
      run: (signal) => sweepDeliveries({ ...deps, appId, client, limits, signal }),
    },
    {
      name: "reconcile repositories",
      every: Math.min(minute, reconcile),
      run: () => reconcileRepositories(deps, reconcile),
    },
    { name: "reconcile installations", every: reconcile, run: () => reconcileInstallations(deps, client) },
  ];
}
