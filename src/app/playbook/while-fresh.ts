import { createHash } from "node:crypto";
import { PostponeUntil } from "../../domain/postpone-until.ts";
import { NotThere, statusOf } from "../../github/errors.ts";
import { type Running, type Target } from "./running.ts";

/** How long a repository may take until all of GitHub knows it, in milliseconds. */
const readyWithin = 10 * 60_000;
/** The waits while the job goes on add up to about eight seconds; the rest is for a later job. */
const mostWaits = 5;
const firstWait = 250;
const later = 20_000;

/**
 * Sends what GitHub may refuse for some seconds after a repository was made, until it does not; throws PostponeUntil where
 * that takes long, and what `send` throws for all else. What was refused was not done, so that it may be sent again.
 */
export async function whileFresh<Result>(
  { deps, run }: Pick<Running, "deps" | "run">,
  { madeAt }: Pick<Target, "madeAt">,
  send: () => Promise<Result>,
): Promise<Result> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await send();
    } catch (error) {
      const now = deps.clock().getTime();
      if (!isNotReady(error) || now - madeAt > readyWithin) throw error;
      const jitter = 0.5 + share(`${run.id} ${waits}`);
      if (waits === mostWaits)
        throw new PostponeUntil(new Date(now + later * jitter), "the repository is not ready yet");
      await deps.wait(firstWait * 2 ** waits * jitter);
    }
  }
}

function isNotReady(error: unknown): boolean {
  if (error instanceof NotThere) return statusOf(error.cause) !== 410;
  const status = statusOf(error);
  if (status === 409) return true;
  // What is wrong with a request is a failed validation.
  return status === 422 && error instanceof Error && /does not exist|reference update failed/i.test(error.message);
}

/** From 0 to 1, another one for each run and wait. */
function share(seed: string): number {
  return createHash("sha256").update(seed).digest().readUInt32BE() / 2 ** 32;
}
