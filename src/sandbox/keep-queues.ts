import { tendQueue } from "./actions/merge-queue.ts";
import type { Forge } from "./forge.ts";
import type { Repository } from "./model/repository.ts";

export interface QueueKeeper {
  /** Says that something has happened in a repository; its merge queue is looked after soon. */
  readonly notice: (repository: Repository | null) => void;
  /** Whether there is anything under way; it may end with news for others. */
  readonly isBusy: () => boolean;
  /** Waits until nothing is to be done in any queue. */
  readonly settled: () => Promise<void>;
}

export interface QueueKeeperTools {
  /** Somebody has to know that something in the background went wrong. */
  readonly onError: (error: unknown) => void;
  /** Is told whenever a queue may have changed in the background. */
  readonly onTended: () => void;
}

/** Looks after merge queues in the background, as GitHub does: whoever has the repository's turn ends first. */
export function createQueueKeeper(forge: () => Forge, { onError, onTended }: QueueKeeperTools): QueueKeeper {
  const underWay = new Set<Promise<void>>();

  function notice(repository: Repository | null): void {
    if (repository === null || repository.mergeQueue === null || repository.mergeQueue.entries.length === 0) return;
    const work = tendQueue(forge(), repository).then(onTended, onError);
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  return {
    notice,
    isBusy: () => underWay.size > 0,
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
