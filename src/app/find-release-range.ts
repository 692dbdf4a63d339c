import { findRange } from "../domain/release/version-order.ts";
import type { GitHubClient } from "../github/github-client.ts";
import { type ReleaseSurroundings, readTagCommit, type TaggedRelease } from "../github/read-release-surroundings.ts";
import type { Release } from "../github/releases.ts";

/** What a release brings, from the one before it. */
export interface FoundRange {
  /** The release before, and the commit that its tag is at; null for a first one. */
  readonly previous: (TaggedRelease & { readonly sha: string }) | null;
  /** The commit that it is at. */
  readonly to: string;
  /** When it was published; null for a draft, whose time lasts. */
  readonly until: Date | null;
  /** As `v1.3.0..v1.4.0`. */
  readonly name: string;
}

/** So many releases may have lost their tag before the search for the one before is given up. */
const mostLost = 10;

/**
 * The range of a release: from the release before, among those that are published and whose tags are there, by the order
 * of versions. A draft whose tag is not made yet is where its target is. Null where there is no commit that the
 * release is at. Throws what GitHubClient throws, and NotThere.
 */
export async function findReleaseRange(
  client: Pick<GitHubClient, "query">,
  release: Pick<Release, "id" | "tag" | "isDraft">,
  { repository, releases, tagSha, targetSha }: ReleaseSurroundings,
): Promise<FoundRange | null> {
  const to = tagSha ?? (release.isDraft ? targetSha : null);
  if (to === null) return null;
  const until = releases.find(({ id }) => id === release.id)?.publishedAt ?? null;
  const name = isUntagged(release) ? "the draft" : release.tag;
  const lost = new Set<number>();
  while (lost.size < mostLost) {
    const left = releases.filter(({ id }) => !lost.has(id));
    const previous = findReleaseBefore(release, left);
    if (previous === null) break;
    const sha = await readTagCommit(client, { owner: repository.owner, name: repository.name, tag: previous.tag });
    if (sha !== null) return { previous: { ...previous, sha }, to, until, name: `${previous.tag}..${name}` };
    lost.add(previous.id);
  }
  return { previous: null, to, until, name };
}

/**
 * Pure: the release before another one, among those that are published, by the order of versions. A draft without a
 * version follows what was published last. Null for a first one.
 */
export function findReleaseBefore(
  release: Pick<Release, "id" | "tag" | "isDraft">,
  releases: readonly TaggedRelease[],
): TaggedRelease | null {
  const own = releases.find(({ id }) => id === release.id);
  const others = releases.filter(({ id, isDraft }) => id !== release.id && !isDraft);
  return isUntagged(release) ? newestOf(others) : previousOf(release, own, others);
}

/** Whether a release is a draft without a tag; GitHub's own name for it stands in the tag's place then. */
export function isUntagged({ tag, isDraft }: Pick<Release, "tag" | "isDraft">): boolean {
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
