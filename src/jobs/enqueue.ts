import { sql } from "kysely";
import { fromKysely, type PgBoss } from "pg-boss";
import type { Database, Transaction } from "../store/open-database.ts";
import type { Trace } from "./create-trace.ts";
import type { QueueData, QueueName } from "./queues.ts";

interface EnqueueOptions {
  /** What the job is about: of one key, one job runs and one waits. */
  readonly key: string;
  /** Whose turn it takes; null where it is nobody's in particular. */
  readonly installationId: number | null;
  /** What it becomes part of; its own where none is given. */
  readonly transaction?: Transaction;
  /** True where a job that waits for a later moment shall run now. */
  readonly now?: boolean;
}

/** Enqueues a job. Where one of the same key waits already, that one gets the newer data, and keeps its moment. */
export type Enqueue = <Name extends QueueName>(
  queue: Name,
  data: QueueData[Name],
  options: EnqueueOptions,
) => Promise<void>;

/** Enqueues many jobs at once whose keys are known to be new. */
export type EnqueueNew = <Name extends QueueName>(
  queue: Name,
  jobs: readonly { readonly data: QueueData[Name]; readonly key: string; readonly installationId: number | null }[],
  transaction: Transaction,
) => Promise<void>;

/** Jobs carry the delivery in the course of which they were enqueued, for the log. */
export function createEnqueue({
  database: { query },
  boss,
  trace,
}: {
  readonly database: Database;
  readonly boss: PgBoss;
  readonly trace: Trace;
}): { readonly enqueue: Enqueue; readonly enqueueNew: EnqueueNew } {
  return {
    enqueue: async (queue, data, options) => {
      const { key, installationId, transaction, now = false } = options;
      if (transaction === undefined) {
        await query.transaction().execute((own) => insertOrJoin(own));
      } else {
        await insertOrJoin(transaction);
      }

      async function insertOrJoin(within: Transaction): Promise<void> {
        await lockKey(within, queue, key);
        const { delivery } = trace.current();
        await boss.upsert(queue, delivery === undefined ? data : { ...data, delivery }, {
          singletonKey: key,
          ...groupOf(installationId),
          ...(now && { startAfter: 0 }),
          db: fromKysely(within),
        });
      }
    },
    enqueueNew: async (queue, jobs, transaction) => {
      const rows = jobs.map(({ data, key, installationId }) => {
        return { data, singletonKey: key, ...groupOf(installationId) };
      });
      await boss.insert(queue, rows, { db: fromKysely(transaction) });
    },
  };
}

/** Whoever looks for a waiting job of a key and then makes one does so alone, until the end of the transaction. */
export async function lockKey(transaction: Transaction, queue: QueueName, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${queue} ${key}`}, 0))`.execute(transaction);
}

function groupOf(installationId: number | null): { group?: { id: string } } {
  return installationId === null ? {} : { group: { id: String(installationId) } };
}
