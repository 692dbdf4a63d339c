import { PostponeUntil } from "../domain/postpone-until.ts";

export interface TurnsOptions {
  readonly clock: () => Date;
  /** Milliseconds from the end of one request that creates something to the beginning of the next. */
  readonly pause: number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** The order in which one installation's requests go out. */
export interface Turns {
  /** Runs one write after another, those that create with a pause between them. */
  readonly write: <Result>(creates: boolean, send: () => Promise<Result>) => Promise<Result>;
  /** Throws PostponeUntil while GitHub wants to be left alone. */
  readonly requireOpen: () => void;
  readonly closeUntil: (moment: Date) => void;
}

/**
 * Turns for one installation, as GitHub asks for:
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function createTurns({ clock, pause, wait }: TurnsOptions): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let createdAt = Number.NEGATIVE_INFINITY;
  let closedUntil = Number.NEGATIVE_INFINITY;

  async function send<Result>(creates: boolean, request: () => Promise<Result>): Promise<Result> {
    if (!creates) return request();
    const left = createdAt + pause - clock().getTime();
    if (left > 0) await wait(Math.min(left, pause));
    try {
      return await request();
    } finally {
      createdAt = clock().getTime();
    }
  }

  return {
    write: (creates, request) => {
      const result = last.then(() => send(creates, request));
      // Whoever asked hears of the failure; the next in line only has to wait for it.
      last = result.catch(() => {});
      return result;
    },
    requireOpen: () => {
      if (clock().getTime() < closedUntil) throw new PostponeUntil(new Date(closedUntil), "GitHub asked to wait");
    },
    closeUntil: (moment) => {
      closedUntil = Math.max(closedUntil, moment.getTime());
    },
  };
}
