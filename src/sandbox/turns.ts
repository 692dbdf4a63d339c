import type { Forge } from "./forge.ts";
import type { Repository } from "./model/repository.ts";

/** One line per repository: each piece of work begins when the one before it has ended, well or not. */
export function createTurns(): Forge["inTurn"] {
  const last = new WeakMap<Repository, Promise<unknown>>();
  return (repository, work) => {
    const turn = (last.get(repository) ?? Promise.resolve()).then(work, work);
    last.set(
      repository,
      turn.catch(() => {}),
    );
    return turn;
  };
}
