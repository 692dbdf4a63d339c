import { z } from "zod";
import { taskSchema } from "../domain/task.ts";

/** What a job of each queue carries: where to look, never what was said there. */
export const queueData = {
  /** A stored delivery that waits for its work. */
  deliveries: z.object({ deliveryId: z.string() }),
  /** Something on GitHub that has to be looked at again. */
  tasks: taskSchema,
  /** A repository whose history is read, a slice with each job. */
  backfills: z.object({ installationId: z.number(), repositoryId: z.number(), owner: z.string(), name: z.string() }),
  /** A confirmed plan of a playbook that is carried out. */
  runs: z.object({ installationId: z.number(), runId: z.string() }),
};

export type QueueName = keyof typeof queueData;
export type QueueData = { readonly [Name in QueueName]: Readonly<z.infer<(typeof queueData)[Name]>> };

export const queueNames = ["deliveries", "tasks", "backfills", "runs"] as const satisfies readonly QueueName[];

/** How a queue differs from the others: long work runs beside the rest, and little of it at once. */
export const queueLimits: Readonly<
  Partial<Record<QueueName, { readonly jobs: number; readonly perInstallation: number; readonly longestRun: number }>>
> = {
  backfills: { jobs: 2, perInstallation: 1, longestRun: 3600 },
  runs: { jobs: 8, perInstallation: 1, longestRun: 3600 },
};

/** Where a queue's jobs go that no try is left for. */
export function deadQueueOf(queue: QueueName): string {
  return `${queue}-dead`;
}

const originShape = z.object({
  deliveryId: z.string().optional(),
  delivery: z.string().optional(),
  kind: z.string().optional(),
  runId: z.string().optional(),
});

/** What a job of any queue says of where it comes from. */
export function originOf(data: unknown): z.infer<typeof originShape> {
  return originShape.safeParse(data).data ?? {};
}
