/** What a job of each queue carries: where to look, never what was said there. */
export interface QueueData {
  /** A stored delivery that waits for its work. */
  readonly deliveries: { readonly deliveryId: string };
  /** A pull request that has to be looked at again. */
  readonly "pull-requests": {
    readonly installationId: number;
    readonly repositoryId: number;
    readonly owner: string;
    readonly name: string;
    readonly number: number;
  };
}

export type QueueName = keyof QueueData;

export const queueNames = ["deliveries", "pull-requests"] as const satisfies readonly QueueName[];

/** Where a queue's jobs go that no try is left for. */
export function deadQueueOf(queue: QueueName): string {
  return `${queue}-dead`;
}
