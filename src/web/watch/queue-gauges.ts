import { Gauge, type Registry } from "prom-client";

/** How full a queue is. */
export interface QueueState {
  readonly queue: string;
  readonly waiting: number;
  readonly running: number;
  /** Dead letters that are kept. */
  readonly dead: number;
  /** For how many seconds the oldest job that could run has waited; 0 where none does. */
  readonly oldest: number;
}

/** Gauges that are set from one look at the queues, and say when there was none. */
export function createQueueGauges(registers: Registry[]): {
  readonly set: (queues: readonly QueueState[] | null) => void;
} {
  const jobs = new Gauge({
    name: "curtain_call_queue_jobs",
    help: "Jobs in each queue, by state.",
    labelNames: ["queue", "state"],
    registers,
  });
  const oldest = new Gauge({
    name: "curtain_call_queue_oldest_seconds",
    help: "For how long the oldest job that could run has waited.",
    labelNames: ["queue"],
    registers,
  });
  const known = new Gauge({
    name: "curtain_call_queues_known",
    help: "1 where the queues could be read for this answer, 0 where the database did not answer.",
    registers,
  });
  return {
    set: (queues) => {
      jobs.reset();
      oldest.reset();
      known.set(queues === null ? 0 : 1);
      for (const state of queues ?? []) {
        const { queue } = state;
        for (const name of ["waiting", "running", "dead"] as const) jobs.set({ queue, state: name }, state[name]);
        oldest.set({ queue }, state.oldest);
      }
    },
  };
}
