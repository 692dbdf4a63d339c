import type { ReplyPart } from "../../domain/command/compose-reply.ts";
import { mistake } from "../../domain/command/mistake.ts";
import { some } from "../../domain/credit/some.ts";
import { shortHash } from "../../domain/playbook/plan.ts";
import { type RunState, sourceKeyOf } from "../../domain/playbook/run.ts";
import { showPlaybook } from "../../domain/playbook/show-playbook.ts";
import { countUse, findRuns } from "../../store/playbook-runs.ts";
import type { Deps } from "../deps.ts";
import { listPlaybooks } from "./list-playbooks.ts";
import { findPlaybook } from "./open-playbook.ts";
import { type PlaybookAsk, runPlaceOf, type SettledAsk, searchOf, webOf } from "./playbook-ask.ts";
import { toRefusal } from "./to-refusal.ts";

const mostPlans = 5;

/** Names the playbooks that there are. */
export async function tellPlaybooks(deps: Deps, ask: SettledAsk): Promise<ReplyPart> {
  const { playbooks, mistakes, more } = await listPlaybooks(deps, searchOf(ask));
  return { kind: "playbooks", playbooks: { shown: playbooks, more }, mistakes };
}

/** Tells what one playbook asks for and makes, who made it, and how often it was used. */
export async function tellPlaybook(deps: Deps, ask: SettledAsk, name: string): Promise<ReplyPart> {
  const finding = await findPlaybook(deps, searchOf(ask), name);
  if (!finding.ok) return toRefusal(ask, mistake(finding.mistake));
  const { playbook, source } = finding.found;
  const sourceKey = sourceKeyOf({ source, playbook: playbook.manifest });
  const use = await countUse(deps.database, { installationId: ask.installationId, sourceKey });
  return { kind: "playbook", ...showPlaybook(playbook, { web: webOf(ask), use }) };
}

const hasRepository: ReadonlySet<RunState> = new Set(["done", "incomplete"]);

/** Tells how the plans of a conversation stand. */
export async function tellPlans(deps: Deps, ask: PlaybookAsk): Promise<ReplyPart> {
  const plans = (await findRuns(deps.database, runPlaceOf(ask))).map((run) => {
    const { repository, playbook } = run.plan;
    const target = `${repository.owner}/${repository.name}`;
    const url = hasRepository.has(run.state) ? `${webOf(ask)}/${target}` : null;
    return { hash: shortHash(run), target, playbook: playbook.name, state: run.state, cause: run.cause, url };
  });
  return { kind: "plans", plans: some(plans, mostPlans) };
}
