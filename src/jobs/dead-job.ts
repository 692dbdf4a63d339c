import { type QueueData, type QueueName, queueData } from "./queues.ts";

/** A job that no try is left for. */
export type DeadJob = {
  readonly [Name in QueueName]: {
    readonly queue: Name;
    readonly data: QueueData[Name];
    /** What people quote. */
    readonly reference: string;
  };
}[QueueName];

/** Reads what a job carried. Throws where it is not what its queue is for. */
export function toDeadJob(queue: QueueName, data: unknown, reference: string): DeadJob {
  switch (queue) {
    case "deliveries":
      return { queue, reference, data: queueData[queue].parse(data) };
    case "tasks":
      return { queue, reference, data: queueData[queue].parse(data) };
    case "backfills":
      return { queue, reference, data: queueData[queue].parse(data) };
    case "runs":
      return { queue, reference, data: queueData[queue].parse(data) };
  }
}
