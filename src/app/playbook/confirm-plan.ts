import type { ReplyPart } from "../../domain/command/compose-reply.ts";
import { mistake } from "../../domain/command/mistake.ts";
import { needsApproval, refuseConfirmation } from "../../domain/playbook/approval.ts";
import { findPlan } from "../../domain/playbook/find-plan.ts";
import { shortHash } from "../../domain/playbook/plan.ts";
import type { Run } from "../../domain/playbook/run.ts";
import { changeRun, findRunOfComment, findRuns } from "../../store/playbook-runs.ts";
import type { Deps } from "../deps.ts";
import { createRightsReader, type RightsReader } from "./creation-rights.ts";
import { deedOf, rememberDeed, wasDone } from "./deeds.ts";
import { isApprover } from "./is-approver.ts";
import { makePlan } from "./make-plan.ts";
import { organisationOf, runPlaceOf, type SettledAsk } from "./playbook-ask.ts";
import { sayPlan } from "./say-plan.ts";
import { toRefusal } from "./to-refusal.ts";
import { keepAndSay } from "./use-playbook.ts";

/**
 * Has a plan carried out that is still what it was when it was shown: whoever confirms it is asked after, and the world is
 * looked at again. Gives what to reply where it is not. Throws what GitHubClient throws.
 */
export async function confirmPlan(deps: Deps, ask: SettledAsk, digits: string): Promise<readonly ReplyPart[]> {
  const { installationId, asker } = ask;
  const deed = deedOf(ask, `confirm ${digits}`);
  if (await wasDone(deps, ask, deed)) return [];
  const instead = await findRunOfComment(deps.database, { ...runPlaceOf(ask), commentId: ask.comment.id });
  if (instead !== null) {
    if (instead.state === "planned") await sayPlan(deps, ask, instead);
    return [toRefusal(ask, mistake(moved))];
  }
  const run = findPlan(await findRuns(deps.database, runPlaceOf(ask)), digits);
  if ("text" in run) return [toRefusal(ask, run)];
  const rights = createRightsReader(deps, { installationId, organisation: organisationOf(ask) });
  const refusal = await refuseAsker(deps, ask, { run, rights });
  if (refusal !== null) return [toRefusal(ask, refusal)];

  const { requester, playbook, target } = run.plan;
  const people = requester.id === asker.id ? [asker] : [requester, asker];
  const answers = { answers: new Map(Object.entries(run.answers)), mistakes: [] };
  const making = await makePlan(deps, ask, {
    name: playbook.name,
    answers,
    target: target.kind,
    requester,
    people,
    rights,
  });
  if (!making.ok) return [toRefusal(ask, making.part)];
  if (making.plan.hash !== run.hash) {
    await keepAndSay(deps, ask, { named: making.plan, answers: run.answers });
    return [toRefusal(ask, mistake(moved))];
  }
  const isBegun = await deps.database.query.transaction().execute(async (transaction) => {
    const confirmedBy = { id: asker.id, login: asker.login };
    const change = { from: ["planned"], state: "running", confirmedBy, finishedAt: null } as const;
    const isChanged = await changeRun({ query: transaction }, run, change);
    if (!isChanged) return false;
    await rememberDeed({ query: transaction }, ask, { deed, now: deps.clock() });
    await deps.enqueueRun({ installationId, runId: run.id }, transaction);
    return true;
  });
  const overtaken = `The plan \`${shortHash(run)}\` was confirmed or cancelled by somebody else at the same moment.`;
  return isBegun ? [] : [toRefusal(ask, mistake(overtaken))];
}

const moved =
  "Nothing is done yet: the playbook, or what it meets, has changed since the plan was made. " +
  "There is a new plan below: look at it, and confirm that one.";

async function refuseAsker(deps: Deps, ask: SettledAsk, { run, rights }: { run: Run; rights: RightsReader }) {
  const { installationId, asker, settings } = ask;
  const isRequester = run.plan.requester.id === asker.id;
  const needsOther = needsApproval(settings.approval, run.plan.repository.visibility);
  const organisation = organisationOf(ask);
  const question = { installationId, organisation, approvers: settings.approvers, person: asker, rights };
  const approves = needsOther && !isRequester && (await isApprover(deps, question));
  return refuseConfirmation({ needsOther, isRequester, isApprover: approves });
}
