import { type Mistake, mistake } from "../command/mistake.ts";
import type { Configuration } from "../config/configuration-schema.ts";
import type { RenderedRepository } from "./rendered-playbook.ts";

/** Whether somebody other than who asked for a plan has to confirm it. */
export function needsApproval(
  approval: Configuration["playbooks"]["approval"],
  visibility: RenderedRepository["visibility"],
): boolean {
  return approval === "always" || (approval === "public" && visibility === "public");
}

/** Says why somebody may not confirm a plan; null where they may. */
export function refuseConfirmation({
  needsOther,
  isRequester,
  isApprover,
}: {
  readonly needsOther: boolean;
  readonly isRequester: boolean;
  readonly isApprover: boolean;
}): Mistake | null {
  if (!needsOther) {
    return isRequester
      ? null
      : mistake("Only who asked for this plan may confirm it. For one of your own: `/playbook use`, in another issue.");
  }
  if (isRequester) {
    return mistake(
      "Somebody else has to confirm this plan: its comment says who. In the organisation's `.github`, " +
        "`playbooks.approvers` names who may, and `playbooks.approval` which plans need it.",
    );
  }
  return isApprover ? null : mistake("Only those who approve plans may confirm this one, and you are none of them.");
}
