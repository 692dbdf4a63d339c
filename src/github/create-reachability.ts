import type { Answered } from "./tell-answer.ts";

/** Whether GitHub answers, as the last request found it. */
export interface Reachability {
  readonly note: (answer: Pick<Answered, "status">) => void;
  readonly isReachable: () => boolean;
}

/** How long a failure counts, in milliseconds: where nothing more is asked, nobody would find out that it is over. */
const memory = 60_000;

export function createReachability(clock: () => Date): Reachability {
  let failedAt: number | null = null;
  return {
    note: ({ status }) => {
      failedAt = status === null || status >= 500 ? clock().getTime() : null;
    },
    isReachable: () => failedAt === null || clock().getTime() - failedAt >= memory,
  };
}
