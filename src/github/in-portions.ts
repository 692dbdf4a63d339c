import { statusOf } from "./errors.ts";

/** Asks about many things, so many at once, and fewer where GitHub fails to answer for so many. Throws what `ask` throws for one. */
export async function inPortions<Item, Answer>(
  items: readonly Item[],
  most: number,
  ask: (some: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let done = 0, size = most; done < items.length; ) {
    const some = items.slice(done, done + size);
    try {
      answers.push(...(await ask(some)));
      done += some.length;
    } catch (error) {
      const status = statusOf(error);
      if ((status !== 502 && status !== 504) || size === 1) throw error;
      size = Math.ceil(size / 4);
    }
  }
  return answers;
}
