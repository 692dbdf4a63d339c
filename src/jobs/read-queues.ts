import { sql } from "kysely";
import type { Database } from "../store/open-database.ts";
import { deadQueueOf, type QueueName, queueNames } from "./queues.ts";

export interface QueueCounts {
  readonly waiting: number;
  readonly running: number;
  /** Those that failed for good and are not buried yet. */
  readonly dead: number;
}

/** A queue as those see it who watch over it. */
export interface QueueState {
  readonly queue: QueueName;
  readonly waiting: number;
  readonly running: number;
  /** Dead letters: buried, and kept for a while. */
  readonly dead: number;
  /** For how many seconds the oldest job that could run has waited; 0 where none does. */
  readonly oldest: number;
}

/** How full the queues are now. */
export async function countJobs({ query }: Database): Promise<Record<QueueName, QueueCounts>> {
  const { rows } = await sql<{ name: string; state: string; count: number }>`
    select name, state::text as state, count(*)::int as count from pgboss.job
    where state in ('created', 'retry', 'active', 'failed') group by name, state`.execute(query);
  function sum(name: string, states: readonly string[]): number {
    return rows.reduce((total, row) => total + (row.name === name && states.includes(row.state) ? row.count : 0), 0);
  }
  function countOf(queue: QueueName): QueueCounts {
    const waiting = sum(queue, ["created", "retry"]);
    return { waiting, running: sum(queue, ["active"]), dead: sum(queue, ["failed"]) };
  }
  return {
    deliveries: countOf("deliveries"),
    tasks: countOf("tasks"),
    backfills: countOf("backfills"),
    runs: countOf("runs"),
  };
}

/** How full the queues are, how old their oldest jobs, and how many dead letters there are: one query. */
export async function readQueues({ query }: Database): Promise<QueueState[]> {
  const names: readonly string[] = queueNames;
  const deadNames = queueNames.map(deadQueueOf);
  // A letter stays as a job that is done: its work was to be buried.
  const { rows } = await sql<{ name: string; waiting: number; running: number; dead: number; oldest: number }>`
    select name,
      count(*) filter (where state in ('created', 'retry'))::int as waiting,
      count(*) filter (where state = 'active')::int as running,
      count(*) filter (where state = 'completed')::int as dead,
      coalesce(extract(epoch from now() - min(start_after)
        filter (where state in ('created', 'retry') and start_after <= now())), 0)::float8 as oldest
    from pgboss.job
    where (state in ('created', 'retry', 'active') and name = any(${names}))
      or (state = 'completed' and name = any(${deadNames}))
    group by name`.execute(query);
  return queueNames.map((queue) => {
    const live = rows.find(({ name }) => name === queue);
    const dead = rows.find(({ name }) => name === deadQueueOf(queue));
    const { waiting = 0, running = 0, oldest = 0 } = live ?? {};
    return { queue, waiting, running, dead: dead?.dead ?? 0, oldest };
  });
}
