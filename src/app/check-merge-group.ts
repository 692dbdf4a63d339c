import type { TaskOf } from "../domain/task.ts";
import type { Deps } from "./deps.ts";
import { judgeAsHeard } from "./judge-as-heard.ts";
import { checkProposedPlaybooks } from "./playbook/check-proposed-playbooks.ts";
import { readAsConfigured } from "./read-as-configured.ts";
import { putCheckInWords } from "./templates-in-force.ts";
import { tryToCheck } from "./try-to-check.ts";

/**
 * Answers a merge queue, which asks for the checks of a pull request once more on the commit that it has made of it: the
 * checks there say what they say on the pull request.
 */
export async function checkMergeGroup(deps: Deps, task: TaskOf<"merge group">): Promise<void> {
  const configured = await readAsConfigured(deps, task);
  if (configured === null) return;
  const verdict = await judgeAsHeard(deps, task, configured);
  const toSay = { installationId: task.installationId, texts: configured.reading.templates, ...verdict };
  const check = await putCheckInWords(deps, toSay, task.sha);
  if (check !== null) await tryToCheck(deps, task, check);
  await checkProposedPlaybooks(deps, task, { ...configured, sha: task.sha });
}
