import type { ReplyPart } from "../../domain/command/compose-reply.ts";
import { mistake } from "../../domain/command/mistake.ts";
import { shortHash } from "../../domain/playbook/plan.ts";
import type { Run } from "../../domain/playbook/run.ts";
import { readPermission } from "../../github/read-permission.ts";
import { changeRun, findRuns } from "../../store/playbook-runs.ts";
import type { Deps } from "../deps.ts";
import { createRightsReader } from "./creation-rights.ts";
import { deedOf, rememberDeed, wasDone } from "./deeds.ts";
import { isApprover } from "./is-approver.ts";
import { organisationOf, type PlaybookAsk, runPlaceOf } from "./playbook-ask.ts";
import { readPlaybookSettings } from "./playbook-settings.ts";
import { toRefusal } from "./to-refusal.ts";

/** Drops the plan that waits in a conversation. Throws what GitHubClient throws. */
export async function cancelPlan(deps: Deps, ask: PlaybookAsk): Promise<readonly ReplyPart[]> {
  const deed = deedOf(ask, "cancel");
  if (await wasDone(deps, ask, deed)) return [];
  const runs = await findRuns(deps.database, runPlaceOf(ask));
  const run = runs.find(({ state }) => state === "planned");
  if (run === undefined) {
    const why = runs.some(({ state }) => state === "running")
      ? "What was planned here is being carried out, which nobody stops: `/playbook status` says how far it is."
      : "No plan waits in this issue. What was planned here: `/playbook status`.";
    return [toRefusal(ask, mistake(why))];
  }
  if (!(await mayCancel(deps, ask, run))) {
    const who = "Only who asked for a plan, who approves plans, or who can write here may cancel it";
    return [toRefusal(ask, mistake(`${who}, and you are none of them.`))];
  }
  const isCancelled = await deps.database.query.transaction().execute(async (transaction) => {
    const change = { from: ["planned"], state: "cancelled", finishedAt: deps.clock() } as const;
    if (!(await changeRun({ query: transaction }, run, change))) return false;
    await rememberDeed({ query: transaction }, ask, { deed, now: deps.clock() });
    return true;
  });
  if (!isCancelled) return [toRefusal(ask, mistake("The plan was confirmed at the same moment: `/playbook status`."))];
  const { owner, name } = run.plan.repository;
  return [{ kind: "cancelled", hash: shortHash(run), target: `${owner}/${name}` }];
}

async function mayCancel(deps: Deps, ask: PlaybookAsk, { plan }: Run): Promise<boolean> {
  const { installationId, client, comment, asker: person } = ask;
  if (plan.requester.id === person.id) return true;
  const permission = await readPermission(client, comment.conversation.repository, person);
  if (permission === "write" || permission === "admin") return true;
  const organisation = organisationOf(ask);
  const reading = await readPlaybookSettings(deps, { installationId, organisation });
  if (!reading.ok) return false;
  const rights = createRightsReader(deps, { installationId, organisation });
  const { approvers } = reading.settings;
  return isApprover(deps, { installationId, organisation, approvers, person, rights });
}
