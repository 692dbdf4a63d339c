import { findRange } from "../domain/release/version-order.ts";
import type { ReleaseSurroundings, TaggedRelease } from "../github/read-release-surroundings.ts";
import type { Release } from "../github/releases.ts";

/** What a release brings, from the one before it. */
export interface FoundRange {
  /** The release before; null for a first one. */
  readonly previous: TaggedRelease | null;
  /** The commit that it is at. */
  readonly to: string;
  /** When it was published; null for a draft, whose time lasts. */
  readonly until: Date | null;
  /** As `v1.3.0..v1.4.0`. */
  readonly name: string;
}

/**
 * Pure: the release before, among those that are published and whose tags are there, by the order of versions. A draft
 * whose tag is not made yet is where its target is; one without a version follows what was published last. Null where there is
 * no commit that the release is at.
 */
export function findReleaseRange(
  release: Pick<Release, "id" | "tag" | "isDraft">,
  { releases, targetSha }: Pick<ReleaseSurroundings, "releases" | "targetSha">,
): FoundRange | null {
  const own = releases.find(({ id }) => id === release.id);
  const to = own?.sha ?? (release.isDraft ? targetSha : null);
  if (to === null) return null;
  const others = releases.filter(({ id, isDraft, sha }) => id !== release.id && !isDraft && sha !== null);
  const previous = isUntagged(release) ? newestOf(others) : previousOf(release, own, others);
  const name = isUntagged(release) ? "the draft" : release.tag;
  return { previous, to, until: own?.publishedAt ?? null, name: previous === null ? name : `${previous.tag}..${name}` };
}

/** GitHub's own name for a draft that has no tag. */
function isUntagged({ tag, isDraft }: Pick<Release, "tag" | "isDraft">): boolean {
  return isDraft && (tag === "" || /^untagged-[\da-f]+$/.test(tag));
}

function previousOf(
  { tag }: Pick<Release, "tag">,
  own: TaggedRelease | undefined,
  others: readonly TaggedRelease[],
): TaggedRelease | null {
  const early = [...others, ...(own === undefined ? [] : [own])].filter(({ isPrerelease }) => isPrerelease);
  const tags = others.map((other) => other.tag);
  const { from } = findRange(tags, tag, new Set(early.map((one) => one.tag)));
  return others.find((other) => other.tag === from) ?? null;
}

function newestOf(releases: readonly TaggedRelease[]): TaggedRelease | null {
  const full = releases.filter(({ isPrerelease }) => !isPrerelease);
  const newestFirst = full.toSorted((left, right) => timeOf(right) - timeOf(left));
  return newestFirst[0] ?? null;
}

function timeOf({ publishedAt }: TaggedRelease): number {
  return publishedAt?.getTime() ?? 0;
}
