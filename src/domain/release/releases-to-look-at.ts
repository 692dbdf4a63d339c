import { type ReleaseState, stateOfRelease } from "./release-state.ts";

/** A release as GitHub lists it. */
export interface ListedRelease extends ReleaseState {
  readonly id: number;
  /** When it was published; for a draft when somebody wrote on it last. */
  readonly touchedAt: Date;
}

/** A release as it was when it was looked at. */
export interface KnownRelease {
  readonly id: number;
  readonly tag: string;
  /** Its state in one line; null where the look did not come to its end. */
  readonly state: string | null;
}

/**
 * Those of the listed releases that are otherwise than when they were looked at, or were never looked at and touched
 * since a moment: what was there before the app came is left alone.
 */
export function releasesToLookAt(
  listed: readonly ListedRelease[],
  known: readonly KnownRelease[],
  since: Date,
): ListedRelease[] {
  const states = new Map(known.map(({ id, state }) => [id, state]));
  return listed.filter((release) => {
    const state = states.get(release.id) ?? null;
    return state === null ? release.touchedAt >= since : state !== stateOfRelease(release);
  });
}
