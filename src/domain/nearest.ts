import { closest, distance } from "fastest-levenshtein";

/** The known word that somebody who wrote this one most likely meant, or null where none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const candidate = closest(word.toLowerCase(), known);
  return distance(word.toLowerCase(), candidate) <= Math.max(1, candidate.length / 3) ? candidate : null;
}
