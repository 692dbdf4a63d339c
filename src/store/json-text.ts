/**
 * A value as JSON that the database takes for jsonb, which refuses what JSON allows: NUL, and halves of characters.
 * Rows go there as one parameter, however many they are.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? storableText(part) : part));
}

/** The text as the database gives it back. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}
