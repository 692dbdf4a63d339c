import { z } from "zod";

/** What a job of each queue carries: where to look, never what was said there. */
export const queueData = {
  /** A stored delivery that waits for its work. */
  deliveries: z.object({ deliveryId: z.string() }),
  /** A pull request that has to be looked at again. */
  "pull-requests": z.object({
    installationId: z.number(),
    repositoryId: z.number(),
    owner: z.string(),
    name: z.string(),
    number: z.number(),
  }),
};

export type QueueName = keyof typeof queueData;
export type QueueData = { readonly [Name in QueueName]: Readonly<z.infer<(typeof queueData)[Name]>> };

export const queueNames = ["deliveries", "pull-requests"] as const satisfies readonly QueueName[];

/** Where a queue's jobs go that no try is left for. */
export function deadQueueOf(queue: QueueName): string {
  return `${queue}-dead`;
}
