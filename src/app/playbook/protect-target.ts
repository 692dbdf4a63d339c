import type { EffectOf } from "../../domain/playbook/effects.ts";
import { LeftOut } from "../../domain/playbook/left-out.ts";
import { statusOf } from "../../github/errors.ts";
import { addRuleset, findRuleset, setBranchProtection } from "../../github/playbook/protect-branch.ts";
import { clientFor, type Running, requireTarget } from "./running.ts";
import type { Doing } from "./settle-effect.ts";

/** How the default branch is protected, as the playbook says: by a ruleset, or by branch protection. */
export function protectTarget(running: Running, { protection }: EffectOf<"protection">): Doing {
  const target = requireTarget(running);
  const client = clientFor(running, { administration: "write", metadata: "read" }, target);
  const isRuleset = protection.as === "ruleset";

  async function find() {
    const id = isRuleset ? await findRuleset(client, target, protection) : null;
    return id === null ? null : { id };
  }

  return {
    find,
    attempt: async () => {
      // The only branch there is has the name that the organisation gives it.
      if (protection.branch !== target.branch) throw new LeftOut(`the repository's branch is ${target.branch}`);
      if (!isRuleset) {
        await setBranchProtection(client, target, protection);
        return {};
      }
      try {
        return { id: await addRuleset(client, target, protection) };
      } catch (error) {
        const found = statusOf(error) === 422 ? await find() : null;
        if (found === null) throw error;
        return found;
      }
    },
  };
}
