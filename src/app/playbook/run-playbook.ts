import { RunStopped } from "../../domain/playbook/run-stopped.ts";
import { postponedUntil } from "../../domain/postpone-until.ts";
import { InstallationGone, InstallationSuspended } from "../../github/errors.ts";
import { endRun } from "../../store/end-run.ts";
import { readRun } from "../../store/playbook-runs.ts";
import type { Deps } from "../deps.ts";
import { carryOutPlan } from "./carry-out-plan.ts";
import { mayGoOn } from "./may-go-on.ts";
import { type Running, takeUp } from "./running.ts";
import { tellRun } from "./tell-run.ts";

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
export async function runPlaybook(deps: Deps, { installationId, runId }: RunJob, attempt: RunAttempt): Promise<void> {
  const run = await readRun(deps.database, { installationId, id: runId });
  if (run?.state !== "running") return;
  const running = await takeUp(deps, run, attempt.signal);
  try {
    await carryOut(running);
    const isWhole = Array.from(running.journal.values()).every(({ state }) => state !== "missing");
    await end(running, { state: isWhole ? "done" : "incomplete" }, attempt);
  } catch (error) {
    const cause = causeOf(error, attempt);
    if (cause === null) throw error;
    await end(running, { state: "failed", cause }, attempt);
    if (!isState(error)) throw error;
  }
}

async function carryOut(running: Running): Promise<void> {
  const { deps, run } = running;
  const refusal = await mayGoOn(deps, run);
  // A cause is plain text, and no Markdown.
  if (refusal !== null) throw new RunStopped(refusal.replaceAll("`", ""));
  return carryOutPlan(running);
}

type Ending = { readonly state: "done" | "incomplete" } | { readonly state: "failed"; readonly cause: string };

/**
 * Says how a run ended before it has: whoever goes on after an end in between says it once more, in the same words. Where
 * the last try cannot say that it failed, it throws why, and whoever buries the job says it.
 */
async function end(running: Running, ending: Ending, { isLastTry }: Pick<RunAttempt, "isLastTry">): Promise<void> {
  const { deps, run } = running;
  let untold: unknown = null;
  try {
    await tellRun(running, ending.state === "failed" ? { cause: ending.cause } : null);
  } catch (error) {
    const isGivenUp = isState(error) || (isLastTry && postponedUntil(error) === null);
    if (ending.state !== "failed" || !isGivenUp) throw error;
    deps.log.warn({ installation: run.installationId }, "nobody can be told now that a run failed");
    if (!isState(error)) untold = error;
  }
  const { state } = ending;
  if (await endRun(deps, run, ending)) {
    deps.noteRunEnd(state);
    deps.log.info({ installation: run.installationId, state }, "the run of a playbook came to its end");
  }
  if (untold !== null) throw untold;
}

/** Why a run cannot go on, for people; null where another try may do better. */
function causeOf(error: unknown, { isLastTry, reference, signal }: RunAttempt): string | null {
  if (error instanceof RunStopped) return error.message;
  if (error instanceof InstallationGone) return "The app is not installed there any more.";
  if (error instanceof InstallationSuspended) return "The app is suspended there.";
  if (!isLastTry || signal.aborted || postponedUntil(error) !== null) return null;
  return `Something went wrong on our side (ref ${reference}).`;
}

/** What no other try changes, and is nobody's bug. */
function isState(error: unknown): boolean {
  return [RunStopped, InstallationGone, InstallationSuspended].some((state) => error instanceof state);
}
