import type { Ancestry } from "../ledger/direct-commits.ts";

/** What merges brought. */
export interface Merges {
  /**
   * The commits of the range that a merge brought to the line it was made on, that of its first parent where no other of its
   * parents is named, by its id or the beginning of it. Empty for what is no merge, or not known.
   */
  brought(merge: string, mainline?: string): readonly string[];
  /** All merges, the oldest first. */
  readonly oldestFirst: readonly string[];
}

/** The ancestry is of one range, and lists no commit behind one of its parents. */
export function createMerges(ancestry: Ancestry): Merges {
  const order = [...ancestry.keys()];
  const places = new Map(order.map((id, place) => [id, place]));
  return {
    oldestFirst: order.filter((id) => parentsOf(ancestry, id).length > 1).toReversed(),
    brought(merge, mainline) {
      const parents = parentsOf(ancestry, merge);
      if (parents.length < 2) return [];
      const stays = parents.find((id) => mainline !== undefined && id.startsWith(mainline)) ?? parents[0];
      const here = new Set(parents.filter((id) => id === stays));
      const waiting = new Set(parents.filter((id) => id !== stays && ancestry.has(id)));
      const brought: string[] = [];
      for (let place = (places.get(merge) ?? 0) + 1; waiting.size > 0 && place < order.length; place += 1) {
        const id = order[place] ?? "";
        const isBrought = waiting.delete(id) && !here.has(id);
        if (isBrought) brought.push(id);
        if (!isBrought && !here.has(id)) continue;
        for (const parent of parentsOf(ancestry, id)) {
          if (!isBrought) here.add(parent);
          else if (ancestry.has(parent)) waiting.add(parent);
        }
      }
      return brought;
    },
  };
}

function parentsOf(ancestry: Ancestry, id: string): readonly string[] {
  return ancestry.get(id) ?? [];
}
