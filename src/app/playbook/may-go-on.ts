import { needsApproval, refuseConfirmation } from "../../domain/playbook/approval.ts";
import { refuseCreation } from "../../domain/playbook/may-create.ts";
import type { Run } from "../../domain/playbook/run.ts";
import type { Deps } from "../deps.ts";
import { createRightsReader } from "./creation-rights.ts";
import { isApprover } from "./is-approver.ts";
import { readPlaybookSettings } from "./playbook-settings.ts";

/**
 * Says, in Markdown that is safe as it is, why a run may not go on at this moment: who asked for it and who confirmed it
 * both have to be able to make the repository by hand, and where somebody else has to confirm, they still have to be one of
 * those. Null where it may. Throws what GitHubClient throws.
 */
export async function mayGoOn(deps: Pick<Deps, "octokitFor">, run: Run): Promise<string | null> {
  const { installationId, confirmedBy } = run;
  const { requester, repository } = run.plan;
  const { owner: organisation, visibility } = repository;
  if (confirmedBy === null) return "Nobody has confirmed this plan.";
  const reading = await readPlaybookSettings(deps, { installationId, organisation });
  if (!reading.ok) return reading.mistake;
  const rights = createRightsReader(deps, { installationId, organisation });
  for (const { id, login } of [requester, confirmedBy]) {
    const about = { login, isAsker: false, organisation, visibility };
    const refusal = refuseCreation(await rights.creation({ id, login }), about);
    if (refusal !== null) return refusal.text;
  }
  const { approval, approvers } = reading.settings;
  if (!needsApproval(approval, visibility)) return null;
  const isRequester = confirmedBy.id === requester.id;
  const question = { installationId, organisation, approvers, person: confirmedBy, rights };
  const isAllowed = !isRequester && (await isApprover(deps, question));
  const refusal = refuseConfirmation({ needsOther: true, isRequester, isApprover: isAllowed });
  return refusal === null ? null : "Somebody else has to confirm plans like this one, and nobody who may has.";
}
