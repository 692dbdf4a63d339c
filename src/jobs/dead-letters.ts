import { sql } from "kysely";
import { z } from "zod";
import { referenceOf } from "../domain/reference.ts";
import type { Task } from "../domain/task.ts";
import type { Database, Transaction } from "../store/open-database.ts";
import { type DeadJob, toDeadJob } from "./dead-job.ts";
import { deadQueueOf, originOf, type QueueName, queueNames } from "./queues.ts";

/** A job that no try was left for, kept for three days so that somebody may have it tried again. */
export interface DeadLetter {
  readonly id: string;
  readonly queue: QueueName;
  /** What it was about, as "pull request acme/tides#5". */
  readonly subject: string;
  /** What people quote. */
  readonly reference: string;
  /** The delivery that asked for it; null where none did. */
  readonly delivery: string | null;
  readonly tries: number;
  /** The kind of the last error; null where there was none, as when a process ended. */
  readonly error: string | null;
  readonly diedAt: Date;
}

/** What of the dead letters is shown and tried again at once. */
const most = 100;

const rowShape = z.object({
  id: z.string(),
  name: z.string(),
  data: z.unknown(),
  created_on: z.coerce.date(),
  source_id: z.string().nullable(),
  source_retry_count: z.number().nullable(),
  source_output: z.object({ reason: z.string().optional() }).nullable().catch(null),
});

/** The newest of those that are buried; of one queue where it is given. */
export async function readDeadLetters({ query }: Pick<Database, "query">, queue?: QueueName): Promise<DeadLetter[]> {
  const names = (queue === undefined ? queueNames : [queue]).map(deadQueueOf);
  const { rows } = await sql`
    select id, name, data, created_on, source_id, source_retry_count, source_output from pgboss.job
    where name = any(${names}) and state = 'completed' order by created_on desc limit ${most}`.execute(query);
  return rows.map((row) => toLetter(rowShape.parse(row)));
}

/** Takes a dead letter out, and gives what it was; null where it is not there (any more). */
export async function takeDeadLetter(
  transaction: Transaction,
  id: string,
): Promise<{ readonly job: DeadJob; readonly delivery: string | null } | null> {
  const names = queueNames.map(deadQueueOf);
  const { rows } = await sql`
    delete from pgboss.job where id = ${id} and name = any(${names}) and state = 'completed'
    returning id, name, data, created_on, source_id, source_retry_count, source_output`.execute(transaction);
  const [found] = rows;
  if (found === undefined) return null;
  const row = rowShape.parse(found);
  const { reference, queue, delivery } = toLetter(row);
  return { job: toDeadJob(queue, row.data, reference), delivery };
}

function toLetter(row: z.infer<typeof rowShape>): DeadLetter {
  const queue = queueNames.find((name) => deadQueueOf(name) === row.name);
  if (queue === undefined) throw new Error("a dead letter is of no queue");
  const reference = referenceOf(row.source_id ?? row.id);
  const { deliveryId, delivery = deliveryId ?? null } = originOf(row.data);
  return {
    id: row.id,
    queue,
    subject: subjectOf(toDeadJob(queue, row.data, reference)),
    reference,
    delivery,
    tries: (row.source_retry_count ?? 0) + 1,
    error: /^\w+/.exec(row.source_output?.reason ?? "")?.[0] ?? null,
    diedAt: row.created_on,
  };
}

function subjectOf({ queue, data }: DeadJob): string {
  switch (queue) {
    case "deliveries":
      return `delivery ${data.deliveryId}`;
    case "tasks":
      return subjectOfTask(data);
    case "backfills":
      return `history of ${data.owner}/${data.name}`;
    case "runs":
      return `run of a playbook ${data.installationId}`;
  }
}

function subjectOfTask(task: Task): string {
  if (!("repositoryId" in task)) return `${task.kind} ${task.installationId}`;
  const number = "number" in task ? `#${task.number}` : "";
  return `${task.kind} ${task.owner}/${task.name}${number}`;
}
