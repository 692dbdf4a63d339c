import type { Context } from "hono";

export const pageSize = 25;

/** Which page of a list is asked for; the first where that makes no sense. */
export function pageNumber(context: Context): number {
  const asked = Number(context.req.query("page") ?? "1");
  return Number.isSafeInteger(asked) && asked > 0 && asked < 1e6 ? asked : 1;
}

/** Where the pages before and after this one are, with whatever else the address asks for. */
export function paginate(context: Context, hasMore: boolean): { previous: string | null; next: string | null } {
  const page = pageNumber(context);
  const addressOf = (number: number): string => {
    const { searchParams } = new URL(context.req.url);
    searchParams.set("page", String(number));
    return `?${searchParams.toString()}`;
  };
  return { previous: page > 1 ? addressOf(page - 1) : null, next: hasMore ? addressOf(page + 1) : null };
}
