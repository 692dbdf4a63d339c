import { randomUUID } from "node:crypto";
import type { Deps } from "../../src/app/deps.ts";
import { type RunAttempt, runPlaybook } from "../../src/app/playbook/run-playbook.ts";
import { readAnswerText } from "../../src/domain/playbook/answer-text.ts";
import { checkPlaybook } from "../../src/domain/playbook/check-playbook.ts";
import type { PlanMaterial } from "../../src/domain/playbook/create-plan.ts";
import type { NamedPlan, PlanPerson } from "../../src/domain/playbook/plan.ts";
import type { Playbook } from "../../src/domain/playbook/playbook.ts";
import type { Run } from "../../src/domain/playbook/run.ts";
import { builtInFolder } from "../../src/render/built-in-playbooks.ts";
import { readPlaybookFolder } from "../../src/render/read-playbook-folder.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import { changeRun, keepPlan, type RunKey, readRun } from "../../src/store/playbook-runs.ts";
import { planOf, renderWith } from "./make-playbook.ts";

/** A playbook that comes with the product. */
export async function builtIn(name: string): Promise<Playbook> {
  const check = checkPlaybook(await readPlaybookFolder(builtInFolder(name) ?? ""));
  if (!check.ok) throw new Error(JSON.stringify(check.errors));
  return check.playbook;
}

/** What somebody wants to be made of a playbook. */
export interface Wish {
  readonly playbook: Playbook;
  /** As they write them. */
  readonly answers: string;
  readonly requester: Account;
  /** Its login; acme where it is not given. */
  readonly organisation?: string;
  /** What the plan says otherwise. */
  readonly more?: Partial<PlanMaterial>;
}

/** The plan of a wish, as the app itself makes it. */
async function planFor(
  deps: Pick<Deps, "templates">,
  { playbook, answers, requester, more, organisation }: Wish,
): Promise<NamedPlan> {
  const result = await renderWith({ render: deps.templates.renderUntrusted }, playbook, answers, organisation);
  if ("mistakes" in result) throw new Error(result.mistakes.join("\n"));
  return planOf(playbook, result.rendered, { requester: personOf(requester), ...more });
}

/** Where it is asked for, and by whom it is confirmed. */
export interface Asking {
  readonly installationId: number;
  readonly issue: Issue;
  readonly commentId?: number;
  readonly confirmedBy?: Account;
}

/** Keeps a plan as one that was confirmed, and gives the run. */
export async function confirm(deps: Deps, wish: Wish, asking: Asking): Promise<Run> {
  const named = await planFor(deps, wish);
  const { issue, installationId, commentId = 0, confirmedBy = wish.requester } = asking;
  const answers = Object.fromEntries(readAnswerText(wish.answers).answers);
  const place = { installationId, repositoryId: issue.repository.id, issueNumber: issue.number };
  const createdAt = new Date("2026-03-01T12:00:00Z");
  const { id } = await keepPlan(deps.database, { id: randomUUID(), ...place, commentId, ...named, answers, createdAt });
  const by = { id: confirmedBy.id, login: confirmedBy.login };
  const change = { from: ["planned"], state: "running", confirmedBy: by, finishedAt: null } as const;
  await changeRun(deps.database, { installationId, id }, change);
  return requireRun(deps, { installationId, id });
}

export async function requireRun({ database }: Pick<Deps, "database">, key: RunKey): Promise<Run> {
  const run = await readRun(database, key);
  if (run === null) throw new Error(`there is no run ${key.id}`);
  return run;
}

/** Carries a run out as a job does, and gives how it stands afterwards. */
export async function carryOut(
  deps: Deps,
  { id, installationId }: Run,
  attempt: Partial<RunAttempt> = {},
): Promise<Run> {
  const signal = new AbortController().signal;
  await runPlaybook(
    deps,
    { installationId, runId: id },
    { isLastTry: false, reference: "8K3F-2M", signal, ...attempt },
  );
  return requireRun(deps, { installationId, id });
}

function personOf({ id, login, name }: Account): PlanPerson {
  return { id, login, name };
}
