import { randomUUID } from "node:crypto";
import type { ReplyPart } from "../../domain/command/compose-reply.ts";
import type { WrittenAnswers } from "../../domain/playbook/answer-text.ts";
import type { NamedPlan, PlanTarget } from "../../domain/playbook/plan.ts";
import type { Run } from "../../domain/playbook/run.ts";
import { findRunOfComment, keepPlan } from "../../store/playbook-runs.ts";
import type { Deps } from "../deps.ts";
import { createRightsReader } from "./creation-rights.ts";
import { makePlan } from "./make-plan.ts";
import { organisationOf, runPlaceOf, type SettledAsk } from "./playbook-ask.ts";
import { sayPlan } from "./say-plan.ts";
import { toRefusal } from "./to-refusal.ts";

interface Wanted {
  readonly name: string;
  readonly answers: WrittenAnswers;
  readonly target: PlanTarget["kind"];
}

/**
 * Plans a new repository, or what the one lacks that it is asked for in, and shows the plan; gives what to reply where there is none. A comment has one plan, however often
 * it is delivered: what it came to later stays. Throws what GitHubClient throws.
 */
export async function usePlaybook(deps: Deps, ask: SettledAsk, wanted: Wanted): Promise<readonly ReplyPart[]> {
  const made = await findRunOfComment(deps.database, { ...runPlaceOf(ask), commentId: ask.comment.id });
  if (made !== null) {
    if (made.state === "planned") await sayPlan(deps, ask, made);
    return [];
  }
  const { id, login, name = null } = ask.asker;
  const requester = { id, login, name };
  const rights = createRightsReader(deps, { installationId: ask.installationId, organisation: organisationOf(ask) });
  const answers = answersIn(ask, wanted);
  const making = await makePlan(deps, ask, { ...wanted, answers, requester, people: [requester], rights });
  if (!making.ok) return [toRefusal(ask, making.part)];
  await keepAndSay(deps, ask, { named: making.plan, answers: Object.fromEntries(answers.answers) });
  return [];
}

/** Of a repository that is there nobody has to say the name. */
function answersIn(ask: SettledAsk, { answers, target }: Wanted): WrittenAnswers {
  const { name } = ask.comment.conversation.repository;
  if (target === "new" || answers.answers.has("name")) return answers;
  return { ...answers, answers: new Map([["name", name], ...answers.answers]) };
}

/** Keeps a plan in place of those that wait in the conversation, and shows it. */
export async function keepAndSay(
  deps: Deps,
  ask: SettledAsk,
  { named, answers }: { readonly named: NamedPlan; readonly answers: Run["answers"] },
): Promise<void> {
  const { plan, hash } = named;
  const about = { ...runPlaceOf(ask), commentId: ask.comment.id, plan, hash, answers };
  const run = await keepPlan(deps.database, { id: randomUUID(), ...about, createdAt: deps.clock() });
  await sayPlan(deps, ask, run);
}
