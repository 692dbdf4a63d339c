import type { Issue } from "../model/issue.ts";
import type { Listing } from "./connect.ts";
import type { Order } from "./resolvers/order.ts";

/**
 * A list of conversations in the order of a time. A cursor keeps the time that it was given at: whoever pages through
 * by `UPDATED_AT` while things are updated goes on from that time, and misses nothing. Other orders stay plain lists.
 */
export function listByTime<Item>(
  items: readonly Item[],
  order: Order | null | undefined,
  issueOf: (item: Item) => Issue,
): Listing<Item> | readonly Item[] {
  if (order?.field !== "UPDATED_AT" && order?.field !== "CREATED_AT") return items;
  const sign = order.direction === "DESC" ? -1 : 1;
  const placeOf = (item: Item): Place => {
    const { id, createdAt, updatedAt } = issueOf(item);
    return { time: (order.field === "UPDATED_AT" ? updatedAt : createdAt).getTime(), id };
  };
  const sorted = items.toSorted((one, other) => sign * compare(placeOf(one), placeOf(other)));
  return {
    count: () => sorted.length,
    read: (from, to) => sorted.slice(from, to),
    keyOf: (item) => {
      const { time, id } = placeOf(item);
      return `${time}:${id}`;
    },
    find: (key, _index, end) => {
      const [time = 0, id = 0] = key.split(":").map(Number);
      const distances = sorted.map((item) => sign * compare(placeOf(item), { time, id }));
      if (end === "before") return distances.filter((distance) => distance < 0).length;
      return distances.filter((distance) => distance <= 0).length - 1;
    },
  };
}

interface Place {
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly id: number;
}

function compare(one: Place, other: Place): number {
  return one.time - other.time || one.id - other.id;
}
