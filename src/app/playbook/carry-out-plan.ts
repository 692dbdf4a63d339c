import { keyOfRepository, listEffects, type Stage } from "../../domain/playbook/effects.ts";
import type { FileToCommit } from "../../github/playbook/commit-files.ts";
import { setTarget } from "../../store/playbook-runs.ts";
import { rememberRepository } from "../../store/repositories.ts";
import { askForBackfill } from "../ask-for-backfill.ts";
import { doEffect } from "./do-effect.ts";
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
    if (effect.key === keyOfRepository) await setTarget(deps.database, run.id, requireTarget(running).id);
  }
  if (run.plan.target.kind === "new") await keepLedger(running);
}

/** Whoever is credited by the commit is in the ledger, even where none of the repository's events ever comes. */
async function keepLedger(running: Running): Promise<void> {
  const { deps, run } = running;
  const { installationId, plan } = run;
  const { id, owner, name, branch: defaultBranch } = requireTarget(running);
  const isPrivate = plan.repository.visibility !== "public";
  await deps.database.query.transaction().execute((transaction) => {
    return rememberRepository(transaction, installationId, { id, owner, name, isPrivate, defaultBranch });
  });
  await askForBackfill(deps, { installationId, repositoryId: id, owner, name });
  await deps.enqueue({ kind: "default branch", installationId, repositoryId: id, owner, name });
}
