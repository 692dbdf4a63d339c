import type { Log } from "../domain/log.ts";
import type { Trace } from "../jobs/create-trace.ts";

/** Writes one line of JSON for each thing that is said. */
export function createLog(stream: { write(text: string): unknown }, clock: () => Date): Log {
  function writer(level: string): Log["info"] {
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
