import type { GraphQLResolveInfo, SelectionSetNode } from "graphql";
import { Problem } from "./problem.ts";

/** The arguments by which a connection is paged; what filters it is the resolver's. */
export interface Paging {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** A list of which a page is asked for: read in whole, or so that only what the page shows is read. */
export interface Listing<Item> {
  readonly count: () => number | Promise<number>;
  /** From one position up to another, which is not in it. */
  readonly read: (from: number, to: number) => readonly Item[] | Promise<readonly Item[]>;
  /** What a cursor finds the item again by when the list has changed. */
  readonly keyOf: (item: Item) => string;
  /**
   * Where the item of a key is now that was at an index, or its place where it has left it, for a page that begins after
   * it or ends before it; null where that cannot be told.
   */
  readonly find: (key: string, index: number, end: "after" | "before") => number | null;
}

/** What the connection types have beside `edges`, `nodes`, `pageInfo` and `totalCount`. */
interface Extras<Item> {
  readonly connection?: object;
  readonly edge?: (item: Item) => object;
}

/** GitHub's limit for `first` and `last`. */
const longestPage = 100;

/**
 * The page of a connection that its arguments ask for, by the rules of
 * https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api
 * and https://relay.dev/graphql/connections.htm. Throws the Problem that GitHub answers where they ask for none.
 */
export async function connect<Item>(
  listing: Listing<Item> | readonly Item[],
  paging: Paging,
  info: GraphQLResolveInfo,
  extras: Extras<Item> = {},
) {
  const list: Listing<Item> = "count" in listing ? listing : listOf(listing);
  const { first, last } = paging;
  const { fieldName } = info;
  const isPaged = selects(info, new Set(["nodes", "edges", "pageInfo"]));
  requireBounds(paging, { fieldName, isPaged });
  const after = position(list, paging, "after");
  const before = position(list, paging, "before");
  const total = isPaged || selects(info, new Set(["totalCount"])) ? await list.count() : 0;
  let start = Math.min(after === null ? 0 : after + 1, total);
  let end = Math.max(start, before === null ? total : Math.min(before, total));
  if (typeof first === "number") end = Math.min(end, start + first);
  else if (typeof last === "number") start = Math.max(start, end - last);
  const nodes = isPaged ? await list.read(start, end) : [];
  const edges = nodes.map((node, index) => ({
    cursor: writeCursor(start + index, list.keyOf(node)),
    node,
    ...extras.edge?.(node),
  }));
  return {
    totalCount: total,
    nodes,
    edges,
    pageInfo: {
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: end < total,
      hasPreviousPage: start > 0,
    },
    ...extras.connection,
  };
}

function requireBounds({ first, last }: Paging, { fieldName, isPaged }: { fieldName: string; isPaged: boolean }): void {
  const hasFirst = typeof first === "number";
  const hasLast = typeof last === "number";
  if (hasFirst && hasLast) {
    const message = `Passing both \`first\` and \`last\` to paginate the \`${fieldName}\` connection is not supported.`;
    throw new Problem("UNPROCESSABLE", message);
  }
  if (!hasFirst && !hasLast && isPaged) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${fieldName}\` connection.`;
    throw new Problem("MISSING_PAGINATION_BOUNDARIES", message);
  }
  const name = hasFirst ? "first" : "last";
  const size = first ?? last ?? 0;
  if (size > longestPage) {
    const message = `Requesting ${size} records on the \`${fieldName}\` connection exceeds the \`${name}\` limit of ${longestPage} records.`;
    throw new Problem("EXCESSIVE_PAGINATION", message);
  }
  if (size < 0) {
    throw new Problem("ARGUMENT_LIMIT", `\`${name}\` on the \`${fieldName}\` connection cannot be less than zero.`);
  }
}

/** A list that is there in whole. What has a node id, or an id of git's, is found again by it. */
function listOf<Item>(items: readonly Item[]): Listing<Item> {
  return {
    count: () => items.length,
    read: (from, to) => items.slice(from, to),
    keyOf,
    find: (key, index) => {
      const item = items[index];
      if (item !== undefined && keyOf(item) === key) return index;
      const now = items.findIndex((one) => keyOf(one) === key);
      return now === -1 ? null : now;
    },
  };
}

function keyOf(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  for (const name of ["nodeId", "key", "name", "sha", "path"]) {
    const value: unknown = Reflect.get(item, name);
    if (typeof value === "string") return value;
  }
  for (const name of ["commit", "ref", "first", "account"]) {
    const value: unknown = Reflect.get(item, name);
    if (typeof value === "object" && value !== null) return keyOf(value);
  }
  return Object.values(item)
    .filter((value) => typeof value === "string")
    .join(" ");
}

function writeCursor(index: number, key: string): string {
  return Buffer.from(`cursor:v2:${index}:${key}`).toString("base64");
}

/** Where a cursor's item is now: it may have moved since. Of one that is gone the place is left. */
function position<Item>(list: Listing<Item>, paging: Paging, name: "after" | "before"): number | null {
  const cursor = paging[name];
  if (cursor === null || cursor === undefined) return null;
  const text = Buffer.from(cursor, "base64").toString();
  const [, index, key = ""] = /^cursor:v2:(\d{1,9}):(.*)$/s.exec(text) ?? [];
  if (index === undefined) {
    throw new Problem("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` does not appear to be a valid cursor.`);
  }
  return list.find(key, Number(index), name) ?? Number(index);
}

/** Whether one of the fields is asked for, fragments followed. */
function selects(info: GraphQLResolveInfo, names: ReadonlySet<string>): boolean {
  const search = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === "Field") return names.has(selection.name.value);
      if (selection.kind === "InlineFragment") return search(selection.selectionSet);
      return search(info.fragments[selection.name.value]?.selectionSet);
    }) ?? false;
  return info.fieldNodes.some(({ selectionSet }) => search(selectionSet));
}
