import { closest, distance } from "fastest-levenshtein";

/** The known word that somebody who wrote this one most likely meant, or null where none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const written = word.toLowerCase();
  // A long word may be a few letters off, a short one hardly: "tly" is `tally` rather than `why`.
  const near = known.filter((candidate) => distance(written, candidate) <= Math.max(1, candidate.length * 0.4));
  return near.length === 0 ? null : closest(written, near);
}
