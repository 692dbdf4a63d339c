import type { ReplyPart } from "../../domain/command/compose-reply.ts";
import { type Mistake, mistake } from "../../domain/command/mistake.ts";
import type { Run } from "../../domain/playbook/run.ts";
import { changeRun, findRuns } from "../../store/playbook-runs.ts";
import type { Deps } from "../deps.ts";
import { createRightsReader, type RightsReader } from "./creation-rights.ts";
import { deedOf, rememberDeed, wasDone } from "./deeds.ts";
import { isApprover } from "./is-approver.ts";
import { organisationOf, runPlaceOf, type SettledAsk } from "./playbook-ask.ts";
import { neededFor, refusePerson } from "./refuse-person.ts";
import { requirePermissions } from "./require-permissions.ts";
import { toRefusal } from "./to-refusal.ts";

/** Has a run go on that could not, or that could not set everything. Throws what GitHubClient throws. */
export async function retryRun(deps: Deps, ask: SettledAsk): Promise<readonly ReplyPart[]> {
  const { installationId } = ask;
  const deed = deedOf(ask, "retry");
  if (await wasDone(deps, ask, deed)) return [];
  const run = findRetriable(await findRuns(deps.database, runPlaceOf(ask)));
  if ("text" in run) return [toRefusal(ask, run)];
  const rights = createRightsReader(deps, { installationId, organisation: organisationOf(ask) });
  const refusal = await refuseRetry(deps, ask, { run, rights });
  if (refusal !== null) return [toRefusal(ask, refusal)];
  await requirePermissions(deps, ask, run.plan);
  const isBegun = await deps.database.query.transaction().execute(async (transaction) => {
    const change = { from: ["failed", "incomplete"], state: "running", finishedAt: null } as const;
    if (!(await changeRun({ query: transaction }, run, change))) return false;
    await rememberDeed({ query: transaction }, ask, { deed, now: deps.clock() });
    await deps.enqueueRun({ installationId, runId: run.id }, transaction);
    return true;
  });
  return isBegun ? [] : [toRefusal(ask, mistake("It is being tried again already: `/playbook status`."))];
}

function findRetriable(runs: readonly Run[]): Run | Mistake {
  if (runs.some(({ state }) => state === "running")) {
    return mistake("A plan of this issue is being carried out already: `/playbook status` tells how it stands.");
  }
  return (
    runs.find(({ state }) => state === "failed" || state === "incomplete") ??
    mistake("Nothing in this issue failed, so that there is nothing to try again: `/playbook status`.")
  );
}

async function refuseRetry(
  deps: Deps,
  ask: SettledAsk,
  { run, rights }: { readonly run: Run; readonly rights: RightsReader },
): Promise<Mistake | null> {
  const { installationId, asker, settings } = ask;
  const organisation = organisationOf(ask);
  const { requester, repository, target } = run.plan;
  const question = { installationId, organisation, approvers: settings.approvers, person: asker, rights };
  if (requester.id !== asker.id && !(await isApprover(deps, question))) {
    return mistake(
      "Only who asked for this plan, or who approves plans, may have it tried again, and you are neither.",
    );
  }
  const people = [asker, requester, ...(run.confirmedBy === null ? [] : [run.confirmedBy])];
  const needed = neededFor(ask, target.kind, repository.visibility);
  for (const { id, login } of people) {
    const isAsker = id === asker.id;
    const refusal = await refusePerson(deps, { installationId, person: { id, login }, isAsker, needed, rights });
    if (refusal !== null) return refusal;
  }
  return null;
}
