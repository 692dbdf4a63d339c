import { PostponeUntil } from "../domain/postpone-until.ts";

/** So many things may be created within so many milliseconds. */
export interface ContentLimit {
  readonly most: number;
  readonly within: number;
}

/**
 * What GitHub lets an installation create.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export const gitHubContentLimits: readonly ContentLimit[] = [
  { most: 80, within: 60_000 },
  { most: 500, within: 60 * 60_000 },
];

export interface TurnsOptions {
  readonly clock: () => Date;
  /** Milliseconds from the end of one request that creates something to the beginning of the next. */
  readonly pause: number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** None where they are not given. */
  readonly contentLimits?: readonly ContentLimit[];
}

/** The order in which one installation's requests go out. */
export interface Turns {
  /**
   * Runs one write after another, those that create with a pause between them. Throws PostponeUntil, before it sends
   * anything, where as much was created as may be.
   */
  readonly write: <Result>(creates: boolean, send: () => Promise<Result>) => Promise<Result>;
  /** Throws PostponeUntil while GitHub wants to be left alone. */
  readonly requireOpen: () => void;
  readonly closeUntil: (moment: Date) => void;
}

/**
 * Turns for one installation, as GitHub asks for:
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function createTurns({ clock, pause, wait, contentLimits = [] }: TurnsOptions): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let createdAt = Number.NEGATIVE_INFINITY;
  let closedUntil = Number.NEGATIVE_INFINITY;
  /** When the newest things were created, the oldest first; no more than any limit looks back to. */
  const moments: number[] = [];
  const mostMoments = Math.max(0, ...contentLimits.map(({ most }) => most));

  function takeRoom(): void {
    const now = clock().getTime();
    const free = contentLimits.map(({ most, within }) => (moments.at(-most) ?? Number.NEGATIVE_INFINITY) + within);
    const moment = Math.max(...free, Number.NEGATIVE_INFINITY);
    if (now < moment) throw new PostponeUntil(new Date(moment), "as much was created as GitHub lets anybody");
    moments.push(now);
    if (moments.length > mostMoments) moments.shift();
  }

  async function send<Result>(creates: boolean, request: () => Promise<Result>): Promise<Result> {
    if (!creates) return request();
    const left = createdAt + pause - clock().getTime();
    if (left > 0) await wait(Math.min(left, pause));
    takeRoom();
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
