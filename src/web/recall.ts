/** Gives a text that was made under the same key a moment ago, or is being made; makes it where there is none. */
export type Recall = (key: string, make: () => Promise<string>) => Promise<string>;

/** How long a text is good for, in milliseconds: so long may a page still name somebody who is not listed any more. */
const freshness = 30_000;
const mostTexts = 200;
/** How many are made at once, so that strangers who ask for many pages do not hold up the app's own work. */
const mostAtOnce = 2;

/** Keeps the newest texts for a short while. What could not be made is not kept. */
export function createRecall(clock: () => Date): Recall {
  const kept = new Map<string, { readonly until: number; readonly text: Promise<string> }>();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn(make: () => Promise<string>): Promise<string> {
    if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await make();
    } finally {
      // Whoever waits takes this place over, so that the number stays.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return async (key, make) => {
    const now = clock().getTime();
    const known = kept.get(key);
    if (known !== undefined && now < known.until) return known.text;
    const made = { until: now + freshness, text: inTurn(make) };
    kept.delete(key);
    kept.set(key, made);
    const [oldest] = kept.keys();
    if (kept.size > mostTexts && oldest !== undefined) kept.delete(oldest);
    try {
      return await made.text;
    } catch (error) {
      if (kept.get(key) === made) kept.delete(key);
      throw error;
    }
  };
}
