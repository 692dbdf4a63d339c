import { keyOfRepository, listEffects, type Stage } from "../../domain/playbook/effects.ts";
import type { FileToCommit } from "../../github/playbook/commit-files.ts";
import { setTarget } from "../../store/playbook-runs.ts";
import { doEffect } from "./do-effect.ts";
import { keepLedger } from "./keep-ledger.ts";
import { plannedFiles } from "./planned-files.ts";
import { type Running, requireTarget } from "./running.ts";
import { settleEffect } from "./settle-effect.ts";
import { tellRun } from "./tell-run.ts";

/**
 * Does what a plan says, one thing after the other, from wherever its journal says that it was left.
 * Throws RunStopped where it cannot go on, PostponeUntil, and what GitHubClient throws.
 */
export async function carryOutPlan(running: Running): Promise<void> {
  const { deps, run, journal } = running;
  // Before anything is done it is known that the files are what was planned.
  const files: readonly FileToCommit[] = journal.get("files")?.state === "done" ? [] : await plannedFiles(deps, run);
  let told: Stage | null = null;
  for (const effect of listEffects(run.plan)) {
    if (journal.get(effect.key)?.state === "done") continue;
    if (effect.stage !== told) await tellRun(running, { stage: effect.stage });
    told = effect.stage;
    await settleEffect(running, effect, doEffect(running, effect, files));
    if (effect.key === keyOfRepository) await setTarget(deps.database, run, requireTarget(running).id);
  }
  if (run.plan.target.kind === "new") await keepLedger(running);
}
