/** A work, and which others it takes back. */
interface RevertingWork {
  readonly key: string;
  /** The keys of other works. */
  readonly reverts: readonly string[];
  /** Whether it does nothing but take back. */
  readonly isRevertAlone: boolean;
}

/**
 * The works whose effect is there at the end, the newest first, as they come: without what a later one takes back, and
 * without that one. What was taken back itself takes nothing back. A work that takes back what is not among these stays:
 * that is what was done.
 */
export function worksInForce<Work extends RevertingWork>(works: readonly Work[]): readonly Work[] {
  const places = new Map(works.map(({ key }, place) => [key, place]));
  const gone = new Set<string>();
  for (const [place, { key, reverts, isRevertAlone }] of works.entries()) {
    if (gone.has(key)) continue;
    const takenBack = reverts.filter((other) => (places.get(other) ?? 0) > place && !gone.has(other));
    for (const other of takenBack) gone.add(other);
    if (takenBack.length > 0 && isRevertAlone) gone.add(key);
  }
  return works.filter(({ key }) => !gone.has(key));
}
