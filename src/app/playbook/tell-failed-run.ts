import { InstallationGone, InstallationSuspended } from "../../github/errors.ts";
import { readRun } from "../../store/playbook-runs.ts";
import { readJournal } from "../../store/run-journal.ts";
import type { RunJob } from "./run-playbook.ts";
import { type Telling, tellRun } from "./tell-run.ts";

/**
 * Says that a run failed, where its last try could not: its process had ended, or GitHub did not answer. Says nothing where
 * that was said, or somebody has it tried again. Throws what GitHubClient throws.
 */
export async function tellFailedRun(deps: Telling["deps"], { installationId, runId }: RunJob): Promise<void> {
  const run = await readRun(deps.database, { installationId, id: runId });
  if (run?.state !== "failed" || run.cause === null) return;
  const journal = new Map(await readJournal(deps.database, runId));
  try {
    await tellRun({ deps, run, journal }, { cause: run.cause });
  } catch (error) {
    // Nobody is there any more who could be told.
    if (!(error instanceof InstallationGone || error instanceof InstallationSuspended)) throw error;
  }
}
