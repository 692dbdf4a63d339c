import type { Hono } from "hono";
import { z } from "zod";
import { finishMergeGroup, setMergeQueue } from "../actions/merge-queue.ts";
import type { Forge } from "../forge.ts";
import type { Repository } from "../model/repository.ts";
import { findRepository } from "../model/state.ts";
import { notFound } from "../refusal.ts";
import { ownerOf } from "./owner-of.ts";
import { read } from "./read.ts";

const schemas = {
  rules: z.strictObject({
    method: z.enum(["merge", "squash", "rebase"]).optional(),
    required_checks: z.array(z.string()).optional(),
  }),
  finish: z.strictObject({ number: z.int() }),
};

/** On GitHub a merge queue is one of the rules for a branch, which the sandbox does not have. */
export function addMergeQueueControl(control: Hono, forge: Forge): void {
  const path = "/repositories/:owner/:name/merge-queue";
  control.put(path, async ({ req, json }) => {
    const repository = requireRepository(forge, req.param());
    const { method, required_checks: requiredChecks } = await read(req.raw, schemas.rules);
    const rules = {
      ...(method === undefined ? {} : { method }),
      ...(requiredChecks === undefined ? {} : { requiredChecks }),
    };
    await setMergeQueue(forge, repository, { rules, actor: ownerOf(repository.owner) });
    const queue = repository.mergeQueue;
    return json({ branch: queue?.branch, method: queue?.method, required_checks: queue?.requiredChecks });
  });
  control.delete(path, async ({ req, body }) => {
    const repository = requireRepository(forge, req.param());
    await setMergeQueue(forge, repository, { rules: null, actor: ownerOf(repository.owner) });
    return body(null, 204);
  });
  control.post(`${path}/finish`, async ({ req, json }) => {
    const repository = requireRepository(forge, req.param());
    const { number } = await read(req.raw, schemas.finish);
    const pull = repository.issues.get(number)?.pull;
    if (!pull) throw notFound();
    await finishMergeGroup(forge, pull);
    return json({ number, sha: pull.merged?.commit });
  });
}

function requireRepository(
  { state }: Forge,
  { owner = "", name = "" }: Record<string, string | undefined>,
): Repository {
  const repository = findRepository(state, owner, name);
  if (repository === null) throw notFound();
  return repository;
}
