import { describeError } from "../domain/describe-error.ts";
import type { Log } from "../domain/log.ts";
import { postponedUntil } from "../domain/postpone-until.ts";
import type { Database } from "../store/open-database.ts";
import { claimRoutine } from "../store/routines.ts";

/** What has to be done now and then, by one process of those that share a database. */
export interface Routine {
  /** The same in each process. */
  readonly name: string;
  /** Milliseconds from one beginning to the next. */
  readonly every: number;
  /** Whether a process that starts runs it, even where it is not due yet. */
  readonly atStart: boolean;
  /** Whoever is told to stop may leave the rest for the next time. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

export interface RoutinesOptions {
  readonly database: Database;
  readonly clock: () => Date;
  readonly log: Log;
  readonly routines: readonly Routine[];
}

export interface Routines {
  /** Begins none any more, and waits for those that run. */
  readonly stop: () => Promise<void>;
}

/** How often it is looked whether a routine is due, for each time that it is. */
const looks = 10;
/** Milliseconds since another process began a routine for which one that starts leaves it at that. */
const fresh = 10_000;

/**
 * Runs routines at the start, and from then on whenever they are due, in whichever process notices first. One that fails is said in
 * the log, and runs again when it is due.
 */
export function startRoutines({ database, clock, log, routines }: RoutinesOptions): Routines {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();

  async function runIfDue({ name, every, run }: Routine, age: number): Promise<void> {
    try {
      if (!(await claimRoutine(database, { name, now: clock(), every: age })) || stopping.signal.aborted) return;
      await run(stopping.signal);
    } catch (error) {
      const until = postponedUntil(error)?.toISOString();
      if (until !== undefined) log.info({ routine: name, until }, "a routine is postponed");
      else log.warn({ routine: name, ...describeError(error), every }, "a routine failed");
    }
  }

  function begin(routine: Routine, age: number): void {
    if (running.has(routine.name)) return;
    const one = runIfDue(routine, age).finally(() => running.delete(routine.name));
    running.set(routine.name, one);
  }

  const timers = routines.map((routine) => {
    begin(routine, routine.atStart ? Math.min(routine.every, fresh) : routine.every);
    return setInterval(() => begin(routine, routine.every), Math.max(routine.every / looks, 10));
  });
  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}
