import { describeMissing } from "../../domain/playbook/describe-missing.ts";
import type { Effect } from "../../domain/playbook/effects.ts";
import type { JournalEntry } from "../../domain/playbook/journal.ts";
import { LeftOut } from "../../domain/playbook/left-out.ts";
import { mayHaveHappened } from "../../github/errors.ts";
import { refusalOf } from "../../github/playbook/refusal-of.ts";
import { note, type Running } from "./running.ts";

export type EffectResult = JournalEntry["result"];

/** How an effect is done. */
export interface Doing {
  /** What it came to, where an attempt of which nobody knows has done it; null where none has. */
  readonly find: () => Promise<EffectResult | null>;
  readonly attempt: () => Promise<EffectResult>;
}

/**
 * Brings an effect about, unless it is: what was begun and left is looked for before it is done, so that it is never done
 * twice. What GitHub refuses is noted as missing. Throws what GitHubClient throws, RunStopped, and PostponeUntil.
 */
export async function settleEffect(running: Running, effect: Effect, doing: Doing): Promise<void> {
  running.signal.throwIfAborted();
  const { key } = effect;
  const before = running.journal.get(key)?.state;
  if (before === "done") return;
  if (before !== "begun") await note(running, { effect: key, state: "begun", result: {}, cause: null });
  try {
    const result = (before === "begun" ? await doing.find() : null) ?? (await attempt(doing));
    await note(running, { effect: key, state: "done", result, cause: null });
  } catch (error) {
    const reason = error instanceof LeftOut ? error.message : refusalOf(error);
    if (reason === null) throw error;
    await note(running, { effect: key, state: "missing", result: {}, cause: describeMissing(effect, reason) });
  }
}

async function attempt(doing: Doing): Promise<EffectResult> {
  try {
    return await doing.attempt();
  } catch (error) {
    if (!mayHaveHappened(error)) throw error;
    const found = await doing.find();
    if (found === null) throw error;
    return found;
  }
}
