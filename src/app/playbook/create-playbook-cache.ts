import type { PlaybookCheck, PlaybookError } from "../../domain/playbook/playbook.ts";

/** Some values by their keys, those that were asked for last. */
interface BoundedMap<Value> {
  readonly get: (key: string) => Value | undefined;
  /** `weight` is what it takes of the room there is; what is heavier than all of it is not kept. */
  readonly set: (key: string, value: Value, weight: number) => void;
}

/** What was found out about commits, by repository, commit and folder. It never changes; who may see it is asked each time. */
export interface PlaybookCache {
  /** The folders with a playbook in them, by the names of the playbooks; null where there are too many files. */
  readonly folders: BoundedMap<ReadonlyMap<string, string> | null>;
  /** By bytes. */
  readonly checks: BoundedMap<PlaybookCheck>;
  /** What comes of a playbook's checks and tests together. */
  readonly verdicts: BoundedMap<readonly PlaybookError[]>;
}

export function createPlaybookCache(): PlaybookCache {
  return {
    folders: createBoundedMap(200),
    checks: createBoundedMap(32_000_000),
    verdicts: createBoundedMap(1000),
  };
}

/** Forgets what was asked for longest ago, once all together are heavier than `room`. */
function createBoundedMap<Value>(room: number): BoundedMap<Value> {
  const kept = new Map<string, { readonly value: Value; readonly weight: number }>();
  let taken = 0;

  function drop(key: string): void {
    taken -= kept.get(key)?.weight ?? 0;
    kept.delete(key);
  }

  return {
    get: (key) => {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found.value;
    },
    set: (key, value, weight) => {
      drop(key);
      if (weight > room) return;
      kept.set(key, { value, weight });
      taken += weight;
      for (const oldest of kept.keys()) {
        if (taken <= room) break;
        drop(oldest);
      }
    },
  };
}
