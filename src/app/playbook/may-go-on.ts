import { needsApproval, refuseConfirmation } from "../../domain/playbook/approval.ts";
import type { Run } from "../../domain/playbook/run.ts";
import { readStoredRepository } from "../../store/repositories.ts";
import type { Deps } from "../deps.ts";
import { createRightsReader } from "./creation-rights.ts";
import { isApprover } from "./is-approver.ts";
import { readPlaybookSettings } from "./playbook-settings.ts";
import { type NeededRight, refusePerson } from "./refuse-person.ts";

/** A repository that is there may have another name by now. */
async function neededBy({ database }: Pick<Deps, "database">, run: Run): Promise<NeededRight> {
  const { target, repository } = run.plan;
  const { owner: organisation, visibility } = repository;
  if (target.kind === "new") return { kind: "new", organisation, visibility };
  const { repositoryId } = target;
  const known = await readStoredRepository(database, { installationId: run.installationId, repositoryId });
  return { kind: "existing", repositoryId, place: known ?? repository };
}

/**
 * Says, in Markdown that is safe as it is, why a run may not go on at this moment: who asked for it and who confirmed it
 * both have to be able to make the repository by hand, and where somebody else has to confirm, they still have to be one of
 * those. Null where it may. Throws what GitHubClient throws.
 */
export async function mayGoOn(deps: Pick<Deps, "octokitFor" | "database">, run: Run): Promise<string | null> {
  const { installationId, confirmedBy } = run;
  const { requester, repository } = run.plan;
  const { owner: organisation, visibility } = repository;
  if (confirmedBy === null) return "Nobody has confirmed this plan.";
  const reading = await readPlaybookSettings(deps, { installationId, organisation });
  if (!reading.ok) return reading.mistake;
  const rights = createRightsReader(deps, { installationId, organisation });
  const needed = await neededBy(deps, run);
  for (const { id, login } of [requester, confirmedBy]) {
    const person = { id, login };
    const refusal = await refusePerson(deps, { installationId, person, isAsker: false, needed, rights });
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
