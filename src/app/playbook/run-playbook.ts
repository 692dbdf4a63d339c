import { changeRun, readRun } from "../../store/playbook-runs.ts";
import type { Deps } from "../deps.ts";

/** Which run, of whose. */
export interface RunJob {
  readonly installationId: number;
  readonly runId: string;
}

/** How a job stands that carries a run out. */
export interface RunAttempt {
  readonly isLastTry: boolean;
  /** What people may quote should it fail for good. */
  readonly reference: string;
  /** Aborted when the run has to be left for another worker. */
  readonly signal: AbortSignal;
}

/**
 * Carries a confirmed plan out, from wherever it was left. Throws PostponeUntil where GitHub asks to wait, and what
 * GitHubClient throws; whatever was done stays done, and is not done again.
 */
export async function runPlaybook({ database, clock }: Deps, { runId }: RunJob, _attempt: RunAttempt): Promise<void> {
  const run = await readRun(database, runId);
  if (run?.state !== "running") return;
  const cause = "Runs are not built yet.";
  await changeRun(database, { id: runId, from: ["running"] }, { state: "failed", cause, finishedAt: clock() });
}
