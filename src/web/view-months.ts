import type { Role } from "../domain/credit/roles.ts";
import type { LedgerWish } from "../store/ledger-wish.ts";
import { readMonths } from "../store/months.ts";
import { drawMonths, monthWords } from "./draw-months.ts";
import { chartedPart, type MonthSeries, toSeries } from "./month-series.ts";
import type { Site } from "./site.ts";

/** Reads the months that a chart shows, of one role or of all. */
export async function readSeries(
  { database, clock }: Pick<Site, "database" | "clock">,
  { wish, role }: { readonly wish: LedgerWish; readonly role: Role | null },
): Promise<MonthSeries> {
  const part = chartedPart(wish, clock());
  const counts = await readMonths(database, part);
  return toSeries(role === null ? counts : counts.filter((count) => count.role === role), part);
}

/** A chart with the same numbers as a table; null where there is nothing to show. */
export function viewMonths(series: MonthSeries) {
  const { months, roles } = series;
  if (roles.length === 0) return null;
  const rows = months.map((month, place) => {
    const counts = roles.map(({ credits }) => credits[place] ?? 0);
    return { month, words: monthWords(month), counts, sum: counts.reduce((one, other) => one + other, 0) };
  });
  return { drawing: drawMonths(series), roles: roles.map(({ role }) => role), rows };
}
