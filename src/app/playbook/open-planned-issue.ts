import { describeAuthors } from "../../domain/playbook/describe-authors.ts";
import { type EffectOf, keyOfAssignee, keyOfMilestone, listEffects } from "../../domain/playbook/effects.ts";
import { LeftOut } from "../../domain/playbook/left-out.ts";
import { assign, canBeAssigned, findIssue, openIssue } from "../../github/playbook/issues.ts";
import { findMilestone } from "../../github/playbook/milestones.ts";
import { clientFor, type Running, requireTarget } from "./running.ts";
import type { Doing } from "./settle-effect.ts";
import { whileFresh } from "./while-fresh.ts";

/** GitHub takes no longer text. */
const longest = 65_536;
const permissions = { issues: "write", metadata: "read" } as const;

/** How an issue is opened: with those assigned who can be, and a marker by which it is found again. */
export function openPlannedIssue(running: Running, { key, issue, isFirst }: EffectOf<"issue">): Doing {
  const { journal, run } = running;
  const target = requireTarget(running);
  const client = clientFor(running, permissions, target);
  const marker = `<!-- curtain-call:playbook ${run.hash.slice(0, 16)} ${key} -->`;
  const closing = isFirst ? `\n\n${nameAuthors(running)}` : "";
  const text = `${issue.body.trimEnd()}${closing}\n\n${marker}\n`;
  const planned = {
    title: issue.title,
    // A text that leaves no room for more is as it was planned, but for its last words.
    body: text.length <= longest ? text : `${issue.body.slice(0, longest - marker.length - 4)}\n\n${marker}\n`,
    labels: issue.labels,
    assignees: issue.assignees.filter((login) => journal.get(keyOfAssignee(login))?.state === "done"),
  };
  return {
    find: async () => {
      const found = await findIssue(client, target, marker);
      return found === null ? null : { ...found };
    },
    attempt: async () => {
      const toOpen = { ...planned, milestone: await findNumber() };
      return { ...(await whileFresh(running, target, () => openIssue(client, target, toOpen))) };
    },
  };

  /** Of its milestone, which in a repository that was there may have been there, too. */
  async function findNumber(): Promise<number | null> {
    if (issue.milestone === null) return null;
    const number = journal.get(keyOfMilestone(issue.milestone))?.result["number"];
    if (typeof number === "number") return number;
    return run.plan.target.kind === "new" ? null : findMilestone(client, target, issue.milestone);
  }
}

/** How it is known that somebody can be assigned. Issues that were opened without them get them now. */
export function settleAssignee(running: Running, { login }: EffectOf<"assignee">): Doing {
  const { journal, run } = running;
  const target = requireTarget(running);
  const client = clientFor(running, permissions, target);
  const issues = listEffects(run.plan).filter((effect) => effect.kind === "issue");
  return {
    find: async () => null,
    attempt: async () => {
      if (!(await canBeAssigned(client, target, login))) throw new LeftOut("GitHub lets nobody assign them there");
      for (const { key, issue } of issues) {
        const number = journal.get(key)?.result["number"];
        const isTheirs = issue.assignees.some((one) => one.toLowerCase() === login);
        if (isTheirs && typeof number === "number") await assign(client, target, { number, login });
      }
      return {};
    },
  };
}

function nameAuthors({ deps, run: { plan }, journal }: Running): string {
  const { name, version } = plan.playbook;
  const web = new URL(requireTarget({ journal }).url).origin;
  return deps.templates.madeWith({ name, version, authors: describeAuthors(plan.playbook, web) }).trimEnd();
}
