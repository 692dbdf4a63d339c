import { needsApproval } from "../../domain/playbook/approval.ts";
import type { PlanApproval } from "../../domain/playbook/describe-plan.ts";
import { describePlan } from "../../domain/playbook/describe-plan.ts";
import { type Run, sourceKeyOf } from "../../domain/playbook/run.ts";
import { applyActions } from "../../github/apply-actions.ts";
import { renderPlan } from "../../render/render-plan.ts";
import { countUse } from "../../store/playbook-runs.ts";
import type { Deps } from "../deps.ts";
import { type SettledAsk, webOf } from "./playbook-ask.ts";

/** Shows a plan in a comment of its own: one for each command, however often this is run. */
export async function sayPlan(deps: Deps, ask: SettledAsk, { plan, hash, commentId }: Run): Promise<void> {
  const { repository, number } = ask.comment.conversation;
  const use = await countUse(deps.database, { installationId: ask.installationId, sourceKey: sourceKeyOf(plan) });
  const approval = describeApproval(ask, plan.repository.visibility);
  const text = renderPlan(describePlan({ plan, hash }, { web: webOf(ask), use, approval }), deps.templates.plan);
  const marker = `<!-- curtain-call:plan ${commentId} -->`;
  await applyActions(ask.client, repository, [{ kind: "upsert comment", number, marker, body: `${marker}\n${text}` }]);
}

/** Whom the organisation's settings name is nothing for everybody. */
function describeApproval(
  { settings, comment }: SettledAsk,
  visibility: Run["plan"]["repository"]["visibility"],
): PlanApproval | null {
  if (!needsApproval(settings.approval, visibility)) return null;
  const names = comment.conversation.repository.isPrivate
    ? settings.approvers.map((name) => name.replace(/^@/, ""))
    : [];
  return { names, isByOwners: settings.approvers.length === 0 };
}
