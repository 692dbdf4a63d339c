/** A merged pull request, as far as what it takes back goes. */
export interface LandedPullRequest {
  readonly number: number;
  /** The numbers of those that it says it reverts. */
  readonly reverts: readonly number[];
  /** Greater for what landed later, as the moment of the merge. */
  readonly landedOrder: number;
}

/**
 * The pull requests whose work is there after the last of them has landed: without those that a later one reverts, and
 * without that revert. A revert that was reverted itself takes nothing away. One that reverts what is not among them stays.
 * The order stays.
 */
export function pullRequestsInForce<Pull extends LandedPullRequest>(pulls: readonly Pull[]): readonly Pull[] {
  const gone = new Set<number>();
  const newestFirst = pulls.toSorted(
    (left, right) => right.landedOrder - left.landedOrder || right.number - left.number,
  );
  const places = new Map(newestFirst.map(({ number }, place) => [number, place]));
  for (const [place, { number, reverts }] of newestFirst.entries()) {
    if (gone.has(number)) continue;
    const takenBack = reverts.filter((one) => !gone.has(one) && (places.get(one) ?? 0) > place);
    if (takenBack.length > 0) gone.add(number);
    for (const one of takenBack) gone.add(one);
  }
  return pulls.filter(({ number }) => !gone.has(number));
}
