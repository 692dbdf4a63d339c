import { sql } from "kysely";
import type { JobWithMetadata, PgBoss } from "pg-boss";
import { describeError } from "../domain/describe-error.ts";
import type { Log } from "../domain/log.ts";
import { referenceOf } from "../domain/reference.ts";
import type { Database } from "../store/open-database.ts";
import { createBoss } from "./create-boss.ts";
import { createRunner, fieldsOf, type Job, type Run, type Runner } from "./create-runner.ts";
import { createTrace, type Trace } from "./create-trace.ts";
import { type DeadJob, toDeadJob } from "./dead-job.ts";
import { createEnqueue, type Enqueue, type EnqueueNew } from "./enqueue.ts";
import { findDueQueues } from "./find-due-queues.ts";
import { deadQueueOf, type QueueData, type QueueName, queueLimits, queueNames } from "./queues.ts";
import { countJobs, type QueueCounts, type QueueState, readQueues } from "./read-queues.ts";

export type Handlers = { readonly [Name in QueueName]: (job: Job<QueueData[Name]>) => Promise<void> };

export interface JobsOptions {
  readonly database: Database;
  /** Made before the first job runs, with what it takes to enqueue others. */
  readonly handlers: (queue: Pick<Jobs, "enqueue" | "enqueueNew">) => Promise<Handlers>;
  /** Told of each job that died; told again until it returns. */
  readonly bury: (job: DeadJob) => Promise<void>;
  readonly clock: () => Date;
  readonly log: Log;
  readonly concurrency?: {
    /** Jobs of a queue at once in this process. */
    readonly jobs: number;
    /** Of these, jobs of one installation: less than all, so that there is room for others. */
    readonly perInstallation: number;
  };
  /** How often a failed job is tried again, and after how many seconds first: each time twice as many, with jitter. */
  readonly retries?: { readonly limit: number; readonly seconds: number };
  /** What is being worked on, for the log. */
  readonly trace?: Trace;
  /** Is told how each try at a job ended. */
  readonly onRun?: (run: Run) => void;
  /** False where jobs are enqueued for other processes to run. */
  readonly works?: boolean;
}

export interface Jobs {
  readonly enqueue: Enqueue;
  readonly enqueueNew: EnqueueNew;
  /** How full the queues are now. */
  readonly count: () => Promise<Record<QueueName, QueueCounts>>;
  /** The same for those who watch over them, with what no try is left for and how old the oldest is. */
  readonly readQueues: () => Promise<readonly QueueState[]>;
  /** Whether jobs can be taken and enqueued. */
  readonly isReady: () => Promise<boolean>;
  /** Takes no more jobs, gives those that run so many milliseconds to finish, and hands back the rest. */
  readonly stop: (milliseconds: number) => Promise<void>;
}

/** In seconds: how long a job may run, and how soon another process takes over from one that fell silent. */
const longestRun = 600;
const heartbeat = 30;
/** In milliseconds: jobs that begin later are not announced, so this is how late they may be. */
const poll = 2000;
/** How workers look for jobs that they are not told of: one question asks for all of them, see `poll`. */
const waiting = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 60 } as const;
const hour = 60 * 60;
const threeDays = 72 * hour;

/**
 * Starts the queues in the same database as everything else, so that a job is enqueued in the transaction that it
 * belongs to. Per key one job waits and one runs; work that comes while one waits joins it.
 */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { database, log } = options;
  const { limit, seconds } = options.retries ?? { limit: 6, seconds: 2 };
  const { jobs: atOnce, perInstallation } = options.concurrency ?? { jobs: 16, perInstallation: 4 };
  const { trace = createTrace(), onRun = () => {}, works = true } = options;
  const boss = createBoss(database, { wakeOne, works });
  let isStopping = false;
  // The database may quote in its words what was to be written.
  boss.on("error", (error) => log.error(describeError(error), "the queue reports an error"));
  boss.on("warning", ({ message }) => log.warn({ warning: message }, "the queue warns"));
  await boss.start();
  for (const queue of queueNames) {
    const dead = deadQueueOf(queue);
    await createQueue(dead, { deleteAfterSeconds: threeDays, retryLimit: 10_000, retryDelay: 10, retryBackoff: true });
    await createQueue(queue, {
      policy: "key_strict_fifo",
      deadLetter: dead,
      retryLimit: limit,
      retryDelay: seconds,
      retryBackoff: seconds > 0,
      ...(seconds > 0 && { retryDelayMax: 300 }),
      expireInSeconds: queueLimits[queue]?.longestRun ?? longestRun,
      heartbeatSeconds: heartbeat,
      deleteAfterSeconds: hour,
    });
  }
  // Fills the cache: whoever looks a queue up inside a transaction would wait for itself for ever on PGlite.
  for (const queue of queueNames) await boss.findJobs(queue, { key: "" });
  const enqueue = createEnqueue({ database, boss, trace });
  const runner = works ? await startWork() : null;
  let looking: Promise<void> | null = null;
  const timer = works ? setInterval(look, poll) : null;

  function look(): void {
    looking ??= wakeDue().finally(() => (looking = null));
  }

  async function startWork(): Promise<Runner> {
    if (database.kind === "pglite") await failOrphans();
    const handlers = await options.handlers(enqueue);
    const started = createRunner({ ...options, handlers, boss, trace, onRun });
    for (const queue of queueNames) {
      await work(queue, started);
      const settings = { includeMetadata: true, ...waiting } as const;
      await boss.work(deadQueueOf(queue), settings, async ([job]: JobWithMetadata[]) => {
        if (job !== undefined) await trace.run(fieldsOf(job), () => bury(queue, job));
      });
    }
    return started;
  }

  async function createQueue(name: string, settings: Parameters<PgBoss["createQueue"]>[1]): Promise<void> {
    const { policy, ...rest } = { notify: true, ...settings };
    await boss.createQueue(name, { ...rest, ...(policy !== undefined && { policy }) });
    // An older version of the app may have made it otherwise.
    await boss.updateQueue(name, rest);
  }

  /** What runs on PGlite as it opens was left by a process that is gone, for this one alone may use it. */
  async function failOrphans(): Promise<void> {
    for (const queue of queueNames) {
      const left = await sql<{
        id: string;
      }>`select id from pgboss.job where name = ${queue} and state = 'active'`.execute(database.query);
      const ids = left.rows.map(({ id }) => id);
      if (ids.length > 0) await boss.fail(queue, ids, { message: "the process ended while the job ran" });
    }
  }

  /**
   * Workers that run one job after the other: in a batch, one installation's slow jobs would hold up the others that
   * were fetched with them. Limits are this process's own: those that pg-boss asks the database for are passed by
   * workers that ask at the same moment.
   */
  async function work(queue: QueueName, { run }: Runner): Promise<void> {
    const limits = queueLimits[queue] ?? { jobs: atOnce, perInstallation };
    const settings = {
      includeMetadata: true,
      localConcurrency: limits.jobs,
      localGroupConcurrency: Math.min(limits.jobs, limits.perInstallation),
      ...waiting,
    } as const;
    await boss.work(queue, settings, async ([job]: JobWithMetadata[]) => {
      if (job === undefined) return;
      // Where one was, there may be more.
      wakeOne(queue);
      const outcome = await run(queue, job);
      askAgain(queue);
      if (outcome === "failed") wakeOne(deadQueueOf(queue));
    });
  }

  /**
   * Has the workers that are busy ask for more as soon as they end: one ends now, and whatever waited for its key, its
   * installation or itself can run, of which nobody tells. Waking the idle ones too would ask as often as there are
   * workers.
   */
  function askAgain(queue: QueueName): void {
    for (const { id, name, count } of boss.getWipData()) if (name === queue && count > 0) boss.notifyWorker(id);
  }

  /** Has one idle worker ask; it wakes the next one if it gets a job. */
  function wakeOne(queue: string): void {
    const idle = boss.getWipData().find(({ name, count }) => name === queue && count === 0);
    if (idle !== undefined) boss.notifyWorker(idle.id);
  }

  /** Has a worker ask in each queue where something may begin by now. */
  async function wakeDue(): Promise<void> {
    try {
      for (const name of await findDueQueues(database, [...queueNames, ...queueNames.map(deadQueueOf)])) wakeOne(name);
    } catch (error) {
      if (!isStopping) log.error(describeError(error), "the queue reports an error");
    }
  }

  async function bury(queue: QueueName, job: JobWithMetadata): Promise<void> {
    const reference = referenceOf(job.sourceId ?? job.id);
    log.error({ queue, reference, tries: (job.sourceRetryCount ?? 0) + 1 }, "a job failed for the last time");
    await options.bury(toDeadJob(queue, job.data, reference));
    // A failed job holds its key; it lives on in the dead-letter queue.
    if (job.sourceId !== null) await boss.deleteJob(queue, job.sourceId);
  }

  async function stop(milliseconds: number): Promise<void> {
    isStopping = true;
    if (timer !== null) clearInterval(timer);
    await looking;
    if (runner !== null) {
      for (const queue of queueNames) await boss.offWork(queue, { wait: false });
      await runner.stop(milliseconds);
    }
    await boss.stop({ graceful: true, timeout: 1000 });
  }

  /** By a connection of the queue's own, where it has them. */
  async function isReady(): Promise<boolean> {
    if (isStopping) return false;
    await boss.getDb().executeSql("select 1");
    return true;
  }

  return {
    ...enqueue,
    count: () => countJobs(database),
    readQueues: () => readQueues(database),
    isReady,
    stop,
  };
}
