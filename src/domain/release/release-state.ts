/** What decides of a release whom it thanks, besides its text and the ledger. */
export interface ReleaseState {
  readonly tag: string;
  readonly isDraft: boolean;
  readonly isPrerelease: boolean;
  /** The commit that its tag is at; null where there is no such tag. */
  readonly sha: string | null;
}

/** A release's state in one line, by which it is told whether it changed: `published v1.4.0 at 4f2a91c…`. */
export function stateOfRelease({ tag, isDraft, isPrerelease, sha }: ReleaseState): string {
  const kind = `${isDraft ? "draft" : "published"}${isPrerelease ? " prerelease" : ""}`;
  return `${kind} ${tag} at ${sha ?? "no commit"}`;
}
