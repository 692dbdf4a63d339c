interface GroupLimits {
  readonly count: number;
  /** In the same unit as `sizeOf`. */
  readonly size: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly settle: PromiseWithResolvers<Result>;
}

export interface GroupWriter<Item extends { readonly id: string }, Result> {
  /** Writes items at once, or none of them where it throws; says for each, by its id, what came of it. */
  readonly write: (items: readonly Item[]) => Promise<ReadonlyMap<string, Result>>;
  readonly sizeOf: (item: Item) => number;
  readonly limits: GroupLimits;
}

/**
 * Writes one group after the other: what comes while one is being written makes the next, so that a group is as large
 * as it has to be and nobody waits for company. No group holds two items of one id.
 */
export function writeInGroups<Item extends { readonly id: string }, Result>({
  write,
  sizeOf,
  limits,
}: GroupWriter<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    // What arrives in the same turn belongs together.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await writeGroup(takeGroup());
    isWriting = false;
  }

  function takeGroup(): Waiting<Item, Result>[] {
    const group: Waiting<Item, Result>[] = [];
    const left: Waiting<Item, Result>[] = [];
    const ids = new Set<string>();
    let size = 0;
    for (const one of waiting) {
      const fits = group.length === 0 || (group.length < limits.count && size + sizeOf(one.item) <= limits.size);
      if (!fits || ids.has(one.item.id)) {
        left.push(one);
      } else {
        ids.add(one.item.id);
        size += sizeOf(one.item);
        group.push(one);
      }
    }
    waiting = left;
    return group;
  }

  async function writeGroup(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await write(group.map(({ item }) => item));
      for (const { item, settle } of group) {
        const result = results.get(item.id);
        if (result === undefined) settle.reject(new Error(`nothing came of ${item.id}`));
        else settle.resolve(result);
      }
    } catch (error) {
      const [first] = group;
      if (group.length === 1) first?.settle.reject(error);
      // One that cannot be written takes none of the others with it.
      else for (const one of group) await writeGroup([one]);
    }
  }

  return (item) => {
    const settle = Promise.withResolvers<Result>();
    waiting.push({ item, settle });
    if (!isWriting) void writeAll();
    return settle.promise;
  };
}
