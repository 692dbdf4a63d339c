import type { Log } from "../domain/log.ts";
import type { Trace } from "../jobs/create-trace.ts";

export const logLevels = ["info", "warn", "error"] as const satisfies readonly (keyof Log)[];

/** Writes one line of JSON for each thing that is said, and that matters as much as the least level or more. */
export function createLog(stream: { write(text: string): unknown }, clock: () => Date, least: keyof Log = "info"): Log {
  function writer(level: keyof Log): Log["info"] {
    if (logLevels.indexOf(level) < logLevels.indexOf(least)) return () => {};
    return (fields, text) => {
      stream.write(`${JSON.stringify({ time: clock().toISOString(), level, ...fields, text })}\n`);
    };
  }
  return { info: writer("info"), warn: writer("warn"), error: writer("error") };
}

/** The same log, in which each line says in the course of which work it was written. */
export function traceLog(log: Log, { current }: Pick<Trace, "current">): Log {
  function writer(level: keyof Log): Log["info"] {
    return (fields, text) => log[level]({ ...current(), ...fields }, text);
  }
  return { info: writer("info"), warn: writer("warn"), error: writer("error") };
}
