import type { ReplyPart } from "../../domain/command/compose-reply.ts";
import { type Mistake, mistake } from "../../domain/command/mistake.ts";
import type { PlaybookCommand } from "../../domain/command/playbook-command-kinds.ts";
import { playbookHelp } from "../../domain/command/playbook-help.ts";
import { MissingPermission } from "../../github/errors.ts";
import type { Deps } from "../deps.ts";
import { cancelPlan } from "./cancel-plan.ts";
import { confirmPlan } from "./confirm-plan.ts";
import { describeMissing } from "./describe-missing.ts";
import type { PlaybookAsk } from "./playbook-ask.ts";
import { retryRun } from "./retry-run.ts";
import { settleAsk } from "./settle-ask.ts";
import { tellPlans, tellPlaybook, tellPlaybooks } from "./tell-playbooks.ts";
import { toRefusal } from "./to-refusal.ts";
import { usePlaybook } from "./use-playbook.ts";

/**
 * Does what one command asks for, and gives what to reply; nothing where the plan's own comment, or the run's, says it all.
 * What the installation has not granted is said, too. Throws what GitHubClient throws otherwise.
 */
export async function answerPlaybook(
  deps: Deps,
  ask: PlaybookAsk,
  command: PlaybookCommand | Mistake,
): Promise<readonly ReplyPart[]> {
  if (command.kind === "mistake") return [toRefusal(ask, command)];
  if (command.kind === "help") return [{ kind: "playbook help", forms: playbookHelp }];
  if (ask.comment.conversation.kind === "pull request") {
    return [toRefusal(ask, mistake("Playbooks are asked for in issues, not in pull requests: open one."))];
  }
  try {
    return await answer(deps, ask, command);
  } catch (error) {
    if (!(error instanceof MissingPermission)) throw error;
    return [toRefusal(ask, mistake(describeMissing(error)))];
  }
}

async function answer(
  deps: Deps,
  ask: PlaybookAsk,
  command: Exclude<PlaybookCommand, { readonly kind: "help" }>,
): Promise<readonly ReplyPart[]> {
  if (command.kind === "status") return [await tellPlans(deps, ask)];
  // What is planned can be dropped wherever it is, and whatever the settings are.
  if (command.kind === "cancel") return cancelPlan(deps, ask);
  const settled = await settleAsk(deps, ask);
  if ("text" in settled) return [toRefusal(ask, settled)];
  switch (command.kind) {
    case "list":
      return [await tellPlaybooks(deps, settled)];
    case "show":
      return [await tellPlaybook(deps, settled, command.name)];
    case "use":
      return usePlaybook(deps, settled, { ...command, target: "new" });
    case "apply":
      return usePlaybook(deps, settled, { ...command, target: "existing" });
    case "confirm":
      return confirmPlan(deps, settled, command.hash);
    case "retry":
      return retryRun(deps, settled);
  }
}
