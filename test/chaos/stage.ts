/** Asks the sandbox for something, as somebody; throws where it refuses. */
export type Ask = (login: string, request: string, body?: object) => Promise<unknown>;

/** What people act on. */
export interface Stage {
  readonly ask: Ask;
  /** How many confirmed plans of playbooks the app has not brought to an end. */
  readonly countRuns: () => Promise<number>;
}

/** One thing that somebody does; some of them wait for the app first. */
export type Event = (stage: Stage) => Promise<void>;
