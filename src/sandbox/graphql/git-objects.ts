import type { TreeEntry } from "../../git/parse-tree.ts";
import type { GitCommit } from "../git/commits.ts";
import type { GitRef } from "../git/refs.ts";
import type { Signature } from "../git/signatures.ts";
import type { GitTag } from "../git/tags.ts";
import type { PullRequest, ReviewComment } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";

/** What the model has no object for: each says by `__typename` what it is. */
export interface CommitObject {
  readonly __typename: "Commit";
  readonly repository: Repository;
  readonly commit: GitCommit;
}

export interface TreeObject {
  readonly __typename: "Tree";
  readonly repository: Repository;
  readonly oid: string;
  /** From the root, "" for the root itself. */
  readonly path: string;
}

export interface BlobObject {
  readonly __typename: "Blob";
  readonly repository: Repository;
  readonly oid: string;
}

export interface TagObject {
  readonly __typename: "Tag";
  readonly repository: Repository;
  readonly tag: GitTag;
}

export type GitObjectNode = CommitObject | TreeObject | BlobObject | TagObject;

export interface RefObject {
  readonly __typename: "Ref";
  readonly repository: Repository;
  readonly ref: GitRef;
}

export interface TreeEntryObject {
  readonly repository: Repository;
  readonly entry: TreeEntry;
  /** Of the folder, "" for the root. */
  readonly folder: string;
}

export interface GitActorObject {
  readonly signature: Pick<Signature, "name" | "email"> & Partial<Pick<Signature, "date" | "offset">>;
}

export interface PullCommitObject {
  readonly __typename: "PullRequestCommit";
  readonly pull: PullRequest;
  readonly commit: GitCommit;
}

/** A comment on the diff with the answers to it. */
export interface ThreadObject {
  readonly __typename: "PullRequestReviewThread";
  readonly pull: PullRequest;
  readonly first: ReviewComment;
}
