import { RunStopped } from "../../domain/playbook/run-stopped.ts";
import { statusOf } from "../../github/errors.ts";
import { findRepository, type MadeRepository, makeRepository } from "../../github/playbook/made-repository.ts";
import { refusalOf } from "../../github/playbook/refusal-of.ts";
import { clientFor, type Running } from "./running.ts";
import type { Doing, EffectResult } from "./settle-effect.ts";

/**
 * How the repository is made. Until its settings are set its description is one that only this run knows, so that it is
 * found again, and no other is taken for it. Throws RunStopped where it cannot be made.
 */
export function makeTarget(running: Running): Doing {
  const { run, deps } = running;
  const { owner, name, visibility } = run.plan.repository;
  const client = clientFor(running, { administration: "write" }, null);
  const marker = `Being set up from the playbook ${run.plan.playbook.name} (run ${run.id})`;
  const taken = `${owner} has a repository of that name already, which this run did not make. Nothing was done.`;

  function toResult({ id, url, defaultBranch: branch, ...made }: MadeRepository): EffectResult {
    return { id, owner: made.owner, name: made.name, url, branch, madeAt: deps.clock().getTime() };
  }

  async function find(): Promise<EffectResult | null> {
    const found = await findRepository(client, { owner, name });
    if (found === null) return null;
    if (found.description !== marker) throw new RunStopped(taken);
    return toResult(found);
  }

  return {
    find,
    attempt: async () => {
      try {
        return toResult(await makeRepository(client, { owner, name, visibility, description: marker }));
      } catch (error) {
        const reason = refusalOf(error);
        if (reason === null) throw error;
        const found = statusOf(error) === 422 ? await find() : null;
        if (found !== null) return found;
        // It may be there, and not be shown to the app.
        throw new RunStopped(/already exists/i.test(reason) ? taken : `The repository cannot be made: ${reason}.`);
      }
    },
  };
}
