const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const dayLength = 24 * 60 * 60 * 1000;

/** The day of a moment in UTC, as `2026-03-01`. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The same for people, as "1 March 2026". */
export function dayWords(date: Date): string {
  return words.format(date);
}

/** When a day begins in UTC. */
export function startOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** The same moment some days later; earlier where the number is below zero. */
export function daysAfter(date: Date, days: number): Date {
  return new Date(date.getTime() + days * dayLength);
}
