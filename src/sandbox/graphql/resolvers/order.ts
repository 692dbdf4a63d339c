import { Problem } from "../problem.ts";

export interface Order {
  readonly field: string;
  readonly direction: "ASC" | "DESC";
}

type Value = number | string | Date;

/** Puts a list into the order asked for; it stays as it is where none is. Equal ones keep their places. */
export function inOrder<Item>(
  items: readonly Item[],
  order: Order | null | undefined,
  values: Readonly<Record<string, (item: Item) => Value>>,
): Item[] {
  if (order === null || order === undefined) return [...items];
  const valueOf = values[order.field];
  if (valueOf === undefined) throw new Problem("NOT_IMPLEMENTED", `No order by ${order.field}`);
  const sign = order.direction === "DESC" ? -1 : 1;
  return items.toSorted((one, other) => sign * compare(valueOf(one), valueOf(other)));
}

function compare(one: Value, other: Value): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A time that somebody gave. */
export function readTime(text: string | null | undefined): Date | undefined {
  if (text === null || text === undefined) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime()))
    throw new Problem("UNPROCESSABLE", `${JSON.stringify(text)} is no time; give it as in 2026-01-31T12:00:00Z`);
  return date;
}
