import { markSafe, type SafeHtml } from "../../render/load-pages.ts";

const units = [
  ["year", 365 * 24 * 3600],
  ["month", 30 * 24 * 3600],
  ["week", 7 * 24 * 3600],
  ["day", 24 * 3600],
  ["hour", 3600],
  ["minute", 60],
] as const;
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** A moment in relative words, as "3 hours ago", with the exact time in UTC behind it. */
export function timeElement(date: Date, now: Date): SafeHtml {
  const exact = date.toISOString();
  const title = `${exact.slice(0, 10)} ${exact.slice(11, 19)} UTC`;
  return markSafe(`<time datetime="${exact}" title="${title}">${relativeWords(date, now)}</time>`);
}

/** How far away a moment is, by the largest unit that fits. */
export function relativeWords(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const [unit, length] = units.find((one) => Math.abs(seconds) >= one[1]) ?? [];
  return unit === undefined ? "just now" : words.format(Math.trunc(seconds / length), unit);
}
