import { statusOf } from "../../github/errors.ts";
import { changeLabel, createLabel, type Label, listLabels } from "../../github/playbook/labels.ts";
import { clientFor, type Running, requireTarget } from "./running.ts";
import type { Doing, EffectResult } from "./settle-effect.ts";
import { whileFresh } from "./while-fresh.ts";

/** How a label comes to be as planned: made, or, where GitHub began the repository with one of its name, changed. */
export function putLabel(running: Running, label: Label): Doing {
  const target = requireTarget(running);
  const isNew = running.run.plan.target.kind === "new";
  const client = clientFor(running, { issues: "write", metadata: "read" }, target);

  /** All labels are asked for once in a job, and again after what nobody knows. */
  async function look(isAgain: boolean): Promise<Map<string, Label>> {
    if (running.labels === null || isAgain) {
      const found = await whileFresh(running, target, () => listLabels(client, target));
      running.labels = new Map(found.map((one) => [one.name.toLowerCase(), one]));
    }
    return running.labels;
  }

  async function bringAbout(isAgain: boolean): Promise<EffectResult> {
    const existing = (await look(isAgain)).get(label.name.toLowerCase());
    if (existing === undefined) await whileFresh(running, target, () => createLabel(client, target, label));
    // In a repository that was there it is somebody's, however it looks.
    else if (isNew && !isSame(existing, label)) await changeLabel(client, target, { existing: existing.name, label });
    return {};
  }

  return {
    find: async () => {
      const existing = (await look(true)).get(label.name.toLowerCase());
      return existing !== undefined && (!isNew || isSame(existing, label)) ? {} : null;
    },
    attempt: async () => {
      try {
        return await bringAbout(false);
      } catch (error) {
        // Somebody may have made it since they were listed.
        if (statusOf(error) === 422) return bringAbout(true);
        throw error;
      }
    },
  };
}

function isSame(one: Label, other: Label): boolean {
  return (
    one.name === other.name &&
    one.color.toLowerCase() === other.color.toLowerCase() &&
    (one.description ?? "") === (other.description ?? "")
  );
}
