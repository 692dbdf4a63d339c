import { type Role, roles } from "../domain/credit/roles.ts";
import type { LedgerWish } from "../store/ledger-wish.ts";
import type { MonthOfRole } from "../store/months.ts";

/** Credits per month, in the order of time, with nothing left out. */
export interface MonthSeries {
  /** As in `2026-03`. */
  readonly months: readonly string[];
  /** Those that there is credit in, in the order in which roles are shown, with a number per month. */
  readonly roles: readonly { readonly role: Role; readonly credits: readonly number[] }[];
}

const mostMonths = 24;

/**
 * The part of a wish that a chart shows: its last 24 months, up to the one that is now, or the last that is asked for.
 */
export function chartedPart<Wish extends Pick<LedgerWish, "since" | "until">>(
  wish: Wish,
  now: Date,
): Wish & { readonly since: Date; readonly until: Date } {
  const until = wish.until !== null && wish.until < now ? wish.until : now;
  // The moment that a period ends before is the next one's first.
  const last = new Date(until.getTime() - 1);
  const first = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - (mostMonths - 1)));
  return { ...wish, since: wish.since !== null && wish.since > first ? wish.since : first, until };
}

/** Puts counts in rows, for the months of a period; none where it begins only after it has ended. */
export function toSeries(
  counts: readonly MonthOfRole[],
  { since, until }: { readonly since: Date; readonly until: Date },
): MonthSeries {
  const months: string[] = [];
  for (
    let month = new Date(Date.UTC(since.getUTCFullYear(), since.getUTCMonth()));
    month < until;
    month = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1))
  ) {
    months.push(month.toISOString().slice(0, 7));
  }
  const byRole = Map.groupBy(counts, ({ role }) => role);
  const rows = roles.flatMap((role) => {
    const own = new Map(byRole.get(role)?.map(({ month, credits }) => [month, credits]));
    return own.size === 0 ? [] : [{ role, credits: months.map((month) => own.get(month) ?? 0) }];
  });
  return { months, roles: rows };
}
