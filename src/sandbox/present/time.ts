/** A moment as GitHub writes it: UTC, to the second. */
export function time(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

export function timeOrNull(date: Date | null): string | null {
  return date === null ? null : time(date);
}
