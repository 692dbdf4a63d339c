import { fromKysely, type JobWithMetadata, type PgBoss } from "pg-boss";
import { describeError } from "../domain/describe-error.ts";
import { postponedUntil } from "../domain/postpone-until.ts";
import { referenceOf } from "../domain/reference.ts";
import type { Transaction } from "../store/open-database.ts";
import type { Trace, TraceFields } from "./create-trace.ts";
import { lockKey } from "./enqueue.ts";
import { originOf, type QueueName, queueData } from "./queues.ts";
import type { Handlers, JobsOptions } from "./start-jobs.ts";

/** A job as its handler sees it. */
export interface Job<Data> {
  readonly data: Data;
  /** How often it was tried before. */
  readonly tries: number;
  readonly isLastTry: boolean;
  /** What people may quote should this try fail for good. */
  readonly reference: string;
  /** Aborted when somebody else took the job over, or it is handed back. */
  readonly signal: AbortSignal;
}

export interface RunnerTools extends Pick<JobsOptions, "database" | "clock" | "log"> {
  readonly handlers: Handlers;
  readonly boss: PgBoss;
  readonly trace: Trace;
  readonly onRun: (run: Run) => void;
}

/** How one try at a job ended. */
export interface Run {
  readonly queue: QueueName;
  /** The kind of a task; the queue's own name for the others. */
  readonly kind: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

export interface Runner {
  /** Runs a job, and settles it unless it is done, which pg-boss then writes down. */
  readonly run: (queue: QueueName, job: JobWithMetadata) => Promise<Outcome>;
  /** Hands back at once what comes from now on, and after so many milliseconds what still runs. */
  readonly stop: (milliseconds: number) => Promise<void>;
}

type Outcome = "done" | "failed" | "later";

/** Runs jobs, and decides what becomes of those that are not done. */
export function createRunner({ database, handlers, clock, log, boss, trace, onRun }: RunnerTools): Runner {
  const running = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  let isClosing = false;

  async function run(queue: QueueName, job: JobWithMetadata): Promise<Outcome> {
    const aborted = Promise.withResolvers<"handed back">();
    const handBack = (): void => aborted.resolve("handed back");
    stopping.signal.addEventListener("abort", handBack);
    try {
      const work = isClosing ? "handed back" : handle(handlers, queue, job, stopping.signal);
      if ((await Promise.race([work, aborted.promise])) !== "handed back") return "done";
      await postpone(queue, job, clock());
      return "later";
    } catch (error) {
      const moment = postponedUntil(error);
      if (moment === null) {
        await fail(queue, job, error);
        return "failed";
      }
      log.info({ queue, until: moment.toISOString() }, "a job is postponed");
      await postpone(queue, job, moment);
      return "later";
    } finally {
      stopping.signal.removeEventListener("abort", handBack);
    }
  }

  /** Makes it a new job with the tries that are left, or lets the one that waits already take its place. */
  async function postpone(queue: QueueName, job: JobWithMetadata, moment: Date): Promise<void> {
    await alone(queue, job, async (transaction) => {
      const within = { db: fromKysely(transaction) };
      const isLater = moment > clock();
      await boss.complete(queue, { id: job.id, retryCount: job.retryCount }, null, within);
      const waiting = await findWaiting(queue, job, transaction);
      if (waiting > 0) {
        if (isLater) await boss.update(queue, undefined, { singletonKey: keyOf(job), startAfter: moment, ...within });
        return;
      }
      await boss.send(queue, job.data, {
        singletonKey: keyOf(job),
        ...(typeof job.groupId === "string" && { group: { id: job.groupId } }),
        ...(isLater && { startAfter: moment }),
        retryLimit: Math.max(0, job.retryLimit - job.retryCount),
        ...within,
      });
    });
  }

  /** Has it tried again later, unless one of the same key waits already, which will do the same work. */
  async function fail(queue: QueueName, job: JobWithMetadata, error: unknown): Promise<void> {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const reference = referenceOf(job.id);
    log.warn({ queue, tries: job.retryCount + 1, reference, ...describeError(error) }, "a job failed");
    await alone(queue, job, async (transaction) => {
      const within = { db: fromKysely(transaction) };
      const attempt = { id: job.id, retryCount: job.retryCount };
      if ((await findWaiting(queue, job, transaction)) > 0) {
        await boss.complete(queue, attempt, { reason }, within);
      } else {
        await boss.fail(queue, attempt, { reason }, within);
      }
    });
  }

  async function findWaiting(queue: QueueName, job: JobWithMetadata, transaction: Transaction): Promise<number> {
    const found = await boss.findJobs(queue, { key: keyOf(job), queued: true, db: fromKysely(transaction) });
    return found.length;
  }

  async function alone(
    queue: QueueName,
    job: JobWithMetadata,
    settle: (transaction: Transaction) => Promise<void>,
  ): Promise<void> {
    await database.query.transaction().execute(async (transaction) => {
      await lockKey(transaction, queue, keyOf(job));
      await settle(transaction);
    });
  }

  async function watch(queue: QueueName, job: JobWithMetadata): Promise<Outcome> {
    const kind = originOf(job.data).kind ?? queue;
    const begun = performance.now();
    const outcome = await run(queue, job);
    const seconds = (performance.now() - begun) / 1000;
    onRun({ queue, kind, outcome, seconds });
    if (outcome === "done") log.info({ queue, kind, seconds: Number(seconds.toFixed(3)) }, "a job is done");
    return outcome;
  }

  return {
    run: async (queue, job) => {
      const one = trace.run(fieldsOf(job), () => watch(queue, job));
      running.add(one);
      try {
        return await one;
      } finally {
        running.delete(one);
      }
    },
    stop: async (milliseconds) => {
      isClosing = true;
      const timer = setTimeout(() => stopping.abort(), milliseconds);
      while (running.size > 0) await Promise.allSettled(running);
      clearTimeout(timer);
    },
  };
}

async function handle(
  handlers: Handlers,
  queue: QueueName,
  job: JobWithMetadata,
  stopping: AbortSignal,
): Promise<void> {
  const seen = {
    tries: job.retryCount,
    isLastTry: job.retryCount >= job.retryLimit,
    reference: referenceOf(job.id),
    signal: AbortSignal.any([job.signal, stopping]),
  };
  switch (queue) {
    case "deliveries":
      return handlers.deliveries({ ...seen, data: queueData.deliveries.parse(job.data) });
    case "tasks":
      return handlers.tasks({ ...seen, data: queueData.tasks.parse(job.data) });
    case "backfills":
      return handlers.backfills({ ...seen, data: queueData.backfills.parse(job.data) });
    case "runs":
      return handlers.runs({ ...seen, data: queueData.runs.parse(job.data) });
  }
}

/** By what the log's lines about a job, or about one that became a dead letter, are known to belong together. */
export function fieldsOf({ id, sourceId, data }: Pick<JobWithMetadata, "id" | "sourceId" | "data">): TraceFields {
  const { deliveryId, delivery = deliveryId, runId: run } = originOf(data);
  return { job: sourceId ?? id, ...(delivery !== undefined && { delivery }), ...(run !== undefined && { run }) };
}

function keyOf({ singletonKey }: JobWithMetadata): string {
  return singletonKey ?? "";
}
