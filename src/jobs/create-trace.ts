import { AsyncLocalStorage } from "node:async_hooks";

/** By what a line of the log is known to belong to a piece of work. */
export interface TraceFields {
  /** The delivery that asked for it, the last one where several did; not there where none did. */
  readonly delivery?: string;
  /** The job's own id, another one after each postponement; not there while a delivery is taken in. */
  readonly job?: string;
  /** The run of a playbook that it carries out, the same however many jobs that takes; not there for other work. */
  readonly run?: string;
}

/** What is being worked on, for whoever is called in the course of it, libraries among them. */
export interface Trace {
  readonly run: <Result>(fields: TraceFields, work: () => Result) => Result;
  /** Empty outside of any work. */
  readonly current: () => TraceFields;
}

export function createTrace(): Trace {
  const storage = new AsyncLocalStorage<TraceFields>();
  return {
    run: (fields, work) => storage.run(fields, work),
    current: () => storage.getStore() ?? {},
  };
}
