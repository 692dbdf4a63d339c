import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { createPointGauge, type PointsAnswer } from "./point-gauge.ts";
import { createQueueGauges, type QueueState } from "./queue-gauges.ts";

/** What is counted of the app, and how it is told to Prometheus. */
export interface Metrics {
  /** How a delivery was received; its event is null where nobody has signed for it. */
  readonly noteDelivery: (event: string | null, outcome: string) => void;
  /** How a try at a delivery's work ended. */
  readonly noteWork: (event: string, outcome: string) => void;
  readonly noteAnswer: (answer: AnswerToCount) => void;
  /** What became of something that was to be written on GitHub. */
  readonly noteApplied: (applied: { readonly action: { readonly kind: string }; readonly outcome: string }) => void;
  readonly noteRun: (run: RunToCount) => void;
  /** How the run of a playbook ended. */
  readonly noteRunEnd: (state: string) => void;
  /** No try is left for a job. */
  readonly noteDeath: (queue: string) => void;
  /** Adds the process itself: memory, event loop, garbage collection. Once per process. */
  readonly watchProcess: () => void;
  /** All of it in Prometheus' text format, with the queues as they are now; null where they cannot be read. */
  readonly tell: (queues: readonly QueueState[] | null) => Promise<string>;
  readonly contentType: string;
}

interface AnswerToCount extends PointsAnswer {
  readonly method: string;
  readonly route: string;
  readonly status: number | null;
}

interface RunToCount {
  readonly queue: string;
  readonly kind: string;
  readonly outcome: string;
  readonly seconds: number;
}

/** In seconds: from a look at a pull request to a slice of a long history. */
const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Names follow https://prometheus.io/docs/practices/naming/. No label holds what people wrote. */
export function createMetrics(clock: () => Date): Metrics {
  const registry = new Registry();
  const registers = [registry];
  function counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name: `curtain_call_${name}`, help, labelNames, registers });
  }
  const deliveries = counter("deliveries_total", "Deliveries of webhooks, by what they were on arrival.", [
    "event",
    "outcome",
  ]);
  const work = counter("delivery_work_total", "Tries at the work of a delivery, by how they ended.", [
    "event",
    "outcome",
  ]);
  const requests = counter("github_requests_total", "Requests to GitHub, by the status of the answer.", [
    "as",
    "method",
    "route",
    "status",
  ]);
  const writes = counter("writes_total", "What was to be written on GitHub; 'unchanged' needed no request.", [
    "kind",
    "outcome",
  ]);
  const dead = counter("jobs_dead_total", "Jobs that no try was left for.", ["queue"]);
  const runEnds = counter("playbook_runs_total", "Runs of playbooks, by how they ended.", ["state"]);
  const runs = new Histogram({
    name: "curtain_call_job_seconds",
    help: "How long tries at jobs took, by queue, kind and how they ended.",
    labelNames: ["queue", "kind", "outcome"],
    buckets,
    registers,
  });
  const points = createPointGauge(registers, clock);
  const queueGauges = createQueueGauges(registers);
  return {
    noteDelivery: (event, outcome) => deliveries.inc({ event: event ?? "unknown", outcome }),
    noteWork: (event, outcome) => work.inc({ event, outcome }),
    noteAnswer: (answer) => {
      const { installationId, method, route, status } = answer;
      requests.inc({ as: installationId === null ? "app" : "installation", method, route, status: status ?? "none" });
      points.note(answer);
    },
    noteApplied: ({ action: { kind }, outcome }) => writes.inc({ kind, outcome }),
    noteRun: ({ queue, kind, outcome, seconds }) => runs.observe({ queue, kind, outcome }, seconds),
    noteRunEnd: (state) => runEnds.inc({ state }),
    noteDeath: (queue) => dead.inc({ queue }),
    watchProcess: () => collectDefaultMetrics({ register: registry }),
    tell: async (queues) => {
      queueGauges.set(queues);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
