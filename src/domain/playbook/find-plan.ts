import { inCode, type Mistake, mistake } from "../command/mistake.ts";
import type { Run, RunState } from "./run.ts";

/** The plan that waits to be confirmed and has a hash that begins so, among a conversation's; or why there is none. */
export function findPlan(runs: readonly Run[], digits: string): Run | Mistake {
  const found = runs.filter(({ hash }) => hash.startsWith(digits));
  const [first] = found;
  if (first === undefined) {
    return mistake(
      `There is no plan ${inCode(digits)} in this issue: \`/playbook status\` names those that there are.`,
    );
  }
  if (found.some(({ hash }) => hash !== first.hash)) {
    return mistake(`Several plans begin with ${inCode(digits)}: make another one, and confirm that.`);
  }
  const waiting = found.find(({ state }) => state === "planned");
  return waiting ?? mistake(reasons[first.state]);
}

/** Why a plan in this state is not to be confirmed. */
const reasons: Readonly<Record<Exclude<RunState, "planned">, string>> & { readonly planned: string } = {
  planned: "This plan waits to be confirmed.",
  superseded: "A newer plan has taken the place of this one: `/playbook status` names it.",
  cancelled: "This plan was cancelled. For a new one: `/playbook use`.",
  running: "This plan is being carried out already: `/playbook status` tells how it stands.",
  done: "This plan is carried out already. For another repository: `/playbook use`.",
  incomplete: "This plan is carried out, but for what could not be set: `/playbook retry` tries that again.",
  failed: "This plan was begun and could not go on: `/playbook retry` tries again.",
};
