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
  let current = begin();

  function begin(): Started {
    const started = start();
    void follow(started);
    return started;
  }

  async function follow(started: Started): Promise<void> {
    const wasReady = await isReady(started);
    await started.gone;
    if (isOver || killed.has(started)) return;
    if (wasReady) fallen += 1;
    await sleep(rest);
    if (!isOver) current = begin();
  }

  async function ready(): Promise<void> {
    for (;;) {
      const one = current;
      if ((await isReady(one)) && one === current) return;
      await sleep(50);
    }
  }

  return {
    ready,
    kill: async () => {
      const victim = current;
      killed.add(victim);
      await victim.end("SIGKILL");
      current = begin();
    },
    end: async () => {
      isOver = true;
      await current.end("SIGTERM");
    },
    fallen: () => fallen,
  };
}

function isReady({ ready }: Started): Promise<boolean> {
  return ready.then(
    () => true,
    () => false,
  );
}
