import { compareTags } from "../../domain/release/version-order.ts";
import type { Account } from "./account.ts";
import type { Repository } from "./repository.ts";

/** A version with its notes. As long as it is a draft, only those who may push know of it, and its tag need not be. */
export interface Release {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  readonly author: Account;
  tagName: string;
  /** The branch or commit at which the tag is made, where it is not there when the release is published. */
  targetCommitish: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  /** What stands in the address in place of a tag as long as it is a draft. */
  readonly untagged: string;
  /** When the tag's commit was made; when it was begun, where there is no tag. */
  createdAt: Date;
  publishedAt: Date | null;
  updatedAt: Date;
}

/** Newest first, as GitHub lists them. */
export function inReleaseOrder(releases: readonly Release[]): Release[] {
  return releases.toSorted(compareReleases);
}

/**
 * The release that GitHub calls the latest: the one that somebody chose, or the one of the newest commit, of several the
 * highest version. Null where none is published in full. `without` is left out of account.
 */
export function latestRelease({ releases, chosenLatest }: Repository, without: Release | null = null): Release | null {
  const full = releases.filter((one) => !one.draft && !one.prerelease && one !== without);
  if (chosenLatest !== null && full.includes(chosenLatest)) return chosenLatest;
  return inReleaseOrder(full)[0] ?? null;
}

function compareReleases(one: Release, other: Release): number {
  return (
    other.createdAt.getTime() - one.createdAt.getTime() || compareTags(other.tagName, one.tagName) || other.id - one.id
  );
}
