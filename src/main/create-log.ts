import type { Log } from "../domain/log.ts";

/** Writes one line of JSON for each thing that is said. */
export function createLog(stream: { write(text: string): unknown }, clock: () => Date): Log {
  function writer(level: string): Log["info"] {
    return (fields, text) => {
      stream.write(`${JSON.stringify({ time: clock().toISOString(), level, ...fields, text })}\n`);
    };
  }
  return { info: writer("info"), warn: writer("warn"), error: writer("error") };
}
