/** A list of which only the beginning is shown. */
export interface Some<Item> {
  readonly shown: readonly Item[];
  /** How many are not. */
  readonly more: number;
}

/** A list, or one shortened before, with at most so many shown. */
export function some<Item>(items: readonly Item[] | Some<Item>, most = Number.POSITIVE_INFINITY): Some<Item> {
  const { shown, more } = "shown" in items ? items : { shown: items, more: 0 };
  return { shown: shown.slice(0, most), more: more + Math.max(0, shown.length - most) };
}
