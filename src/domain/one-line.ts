/**
 * A text of somebody's as one line that steers nothing: without control characters, line breaks, and the marks that
 * turn the direction of writing around.
 */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, " ");
}
