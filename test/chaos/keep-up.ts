import { setTimeout as sleep } from "node:timers/promises";
import type { Started } from "./processes.ts";

/** A process that is started again whenever it ends, as whoever runs services does. */
export interface KeptUp {
  /** Waits until it is ready, however often it has to be started. */
  readonly ready: () => Promise<void>;
  readonly kill: () => Promise<void>;
  /** Ends it for good. */
  readonly end: () => Promise<void>;
  /** How often it ended by itself after it had been ready, which it never should. */
  readonly fallen: () => number;
}

/** Milliseconds until a process that ended is started again. */
const rest = 300;

export function keepUp(start: () => Started): KeptUp {
  const killed = new Set<Started>();
  let fallen = 0;
  let isOver = false;
  let current = watch(start());

  function watch(started: Started): Started {
    let wasReady = false;
    started.ready.then(
      () => {
        wasReady = true;
      },
      () => {},
    );
    void started.gone.then(async () => {
      if (isOver) return;
      if (wasReady && !killed.has(started)) fallen += 1;
      await sleep(killed.has(started) ? 0 : rest);
      if (!isOver) current = watch(start());
    });
    return started;
  }

  async function ready(): Promise<void> {
    for (;;) {
      const one = current;
      const isReady = await one.ready.then(
        () => true,
        () => false,
      );
      if (isReady && one === current) return;
      await sleep(50);
    }
  }

  return {
    ready,
    kill: async () => {
      killed.add(current);
      await current.end("SIGKILL");
    },
    end: async () => {
      isOver = true;
      await current.end("SIGTERM");
    },
    fallen: () => fallen,
  };
}
