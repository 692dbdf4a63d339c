import { postponedUntil } from "../domain/postpone-until.ts";
import type { Task } from "../domain/task.ts";
import { InstallationGone, InstallationSuspended, MissingPermission, NotThere, ReadOnly } from "../github/errors.ts";
import { apologise } from "./answer-comment.ts";
import { checkMergeGroup } from "./check-merge-group.ts";
import type { Deps } from "./deps.ts";
import { keepContributors } from "./keep-contributors.ts";
import { keepCreditComment } from "./keep-credit-comment.ts";
import { lookAtAccount } from "./look-at-account.ts";
import { lookAtComment } from "./look-at-comment.ts";
import { lookAtDefaultBranch } from "./look-at-default-branch.ts";
import { lookAtInstallation } from "./look-at-installation.ts";
import { lookAtIssue } from "./look-at-issue.ts";
import { lookAtRelease } from "./look-at-release.ts";
import { lookAtRepository } from "./look-at-repository.ts";
import { answerForm, apologiseForForm } from "./playbook/answer-form.ts";
import { reconcileRepository } from "./reconcile-repository.ts";

/** How a job stands that does a task. */
interface Attempt {
  readonly isLastTry: boolean;
  /** What people may quote should it fail for good. */
  readonly reference: string;
}

/** Does a task; what GitHub does not let the app do (any more) is a state, said in the log, and no failure. */
export async function handleTask(deps: Deps, task: Task, attempt: Attempt): Promise<void> {
  try {
    await handle(deps, task);
  } catch (error) {
    const installation = task.installationId;
    if (error instanceof MissingPermission) {
      const missing = error.permissions.join(", ");
      deps.log.warn({ installation, missing }, "an installation has not granted what this needs");
      return;
    }
    if (!isState(error)) {
      const isGivenUp = attempt.isLastTry && postponedUntil(error) === null;
      // Nobody is left waiting for an answer to what they asked for.
      if (isGivenUp && task.kind === "comment" && task.mayCommand) await apologise(deps, task, attempt.reference);
      if (isGivenUp && task.kind === "playbook request") await apologiseForForm(deps, task, attempt.reference);
      throw error;
    }
    deps.log.info({ installation, state: error.name }, "nothing can be written there now");
  }
}

function handle(deps: Deps, task: Task): Promise<void> {
  switch (task.kind) {
    case "pull request":
      return keepCreditComment(deps, task);
    case "issue":
      return lookAtIssue(deps, task);
    case "playbook request":
      return answerForm(deps, task);
    case "comment":
      return lookAtComment(deps, task);
    case "default branch":
      return lookAtDefaultBranch(deps, task);
    case "contributors":
      return keepContributors(deps, task);
    case "installation":
      return lookAtInstallation(deps, task);
    case "merge group":
      return checkMergeGroup(deps, task);
    case "release":
      return lookAtRelease(deps, task);
    case "repository":
      return lookAtRepository(deps, task);
    case "account":
      return lookAtAccount(deps, task);
    case "reconciliation":
      return reconcileRepository(deps, task);
  }
}

/**
 * An installation that is gone or asleep, a repository that it does not reach (any more), and a conversation that is
 * closed to all, are states and no failures.
 */
function isState(error: unknown): error is Error {
  const states = [InstallationGone, InstallationSuspended, NotThere, ReadOnly];
  return states.some((state) => error instanceof state);
}
