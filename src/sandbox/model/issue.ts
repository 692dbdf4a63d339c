import type { Account } from "./account.ts";
import type { RemovalReason } from "./merge-queue.ts";
import type { Label, Milestone, Repository } from "./repository.ts";

/** An issue, or the conversation of a pull request. */
export interface Issue {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  readonly number: number;
  author: Account;
  title: string;
  body: string | null;
  /** Who changed the text last, and when; null where it is as it was opened. */
  edited: { readonly at: Date; readonly by: Account } | null;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "duplicate" | "reopened" | null;
  closedAt: Date | null;
  closedBy: Account | null;
  locked: boolean;
  lockReason: "off-topic" | "too heated" | "resolved" | "spam" | null;
  labels: Label[];
  assignees: Account[];
  milestone: Milestone | null;
  readonly comments: Comment[];
  readonly reactions: Reaction[];
  /** What happened besides comments and reviews, oldest first. */
  readonly events: IssueEvent[];
  /** Null where this is only an issue. */
  pull: PullRequest | null;
  /** The app that wrote it for its author, where one did. */
  readonly viaAppId: number | null;
  readonly createdAt: Date;
  updatedAt: Date;
}

/** What makes an issue a pull request. */
export interface PullRequest {
  readonly id: number;
  readonly nodeId: string;
  readonly issue: Issue;
  draft: boolean;
  base: BranchTip;
  head: HeadTip;
  merged: { readonly at: Date; readonly by: Account; readonly commit: string } | null;
  readonly reviews: Review[];
  readonly reviewComments: ReviewComment[];
  requestedReviewers: Account[];
}

/** A branch and the commit it was at when the pull request last looked: kept when the branch is gone. */
export interface BranchTip {
  readonly branch: string;
  readonly commit: string;
}

/** The branch that a pull request is from: in the same repository, in a fork, or in one that is gone. */
interface HeadTip extends BranchTip {
  readonly repository: Repository | null;
}

export interface Comment {
  readonly id: number;
  readonly nodeId: string;
  readonly issue: Issue;
  author: Account;
  body: string;
  /** The last change of its words. */
  edited: { readonly at: Date; readonly by: Account } | null;
  readonly viaAppId: number | null;
  readonly reactions: Reaction[];
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface Review {
  readonly id: number;
  readonly nodeId: string;
  readonly pull: PullRequest;
  author: Account;
  body: string;
  state: "PENDING" | "COMMENTED" | "APPROVED" | "CHANGES_REQUESTED" | "DISMISSED";
  readonly commit: string;
  submittedAt: Date | null;
  readonly createdAt: Date;
  updatedAt: Date;
}

/** A comment on a line of the diff, or on a file as a whole. */
export interface ReviewComment {
  readonly id: number;
  readonly nodeId: string;
  readonly pull: PullRequest;
  readonly review: Review;
  author: Account;
  body: string;
  readonly path: string;
  /** Null where the comment is on the file as a whole. */
  readonly line: number | null;
  readonly startLine: number | null;
  readonly side: "LEFT" | "RIGHT";
  readonly diffHunk: string;
  readonly commit: string;
  readonly inReplyTo: ReviewComment | null;
  readonly reactions: Reaction[];
  readonly createdAt: Date;
  updatedAt: Date;
}

export const reactionContents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;
export type ReactionContent = (typeof reactionContents)[number];

export interface Reaction {
  readonly id: number;
  readonly nodeId: string;
  user: Account;
  readonly content: ReactionContent;
  readonly createdAt: Date;
}

export interface IssueEvent {
  readonly id: number;
  readonly nodeId: string;
  readonly issue: Issue;
  actor: Account;
  readonly createdAt: Date;
  readonly happened: IssueHappening;
}

export type IssueHappening =
  | { readonly kind: "closed"; readonly commit: string | null; readonly by: Issue | null }
  | { readonly kind: "reopened" | "locked" | "unlocked" | "ready_for_review" | "convert_to_draft" }
  | { readonly kind: "merged"; readonly commit: string }
  | { readonly kind: "labeled" | "unlabeled"; readonly label: { readonly name: string; readonly color: string } }
  | { readonly kind: "assigned" | "unassigned"; readonly assignee: Account }
  | { readonly kind: "milestoned" | "demilestoned"; readonly title: string }
  | { readonly kind: "renamed"; readonly from: string; readonly to: string }
  | { readonly kind: "review_requested" | "review_request_removed"; readonly reviewer: Account }
  | { readonly kind: "head_ref_deleted" | "head_ref_restored"; readonly branch: string }
  | { readonly kind: "head_ref_force_pushed"; readonly before: string; readonly after: string }
  | { readonly kind: "added_to_merge_queue" }
  | { readonly kind: "removed_from_merge_queue"; readonly reason: RemovalReason; readonly commit: string | null }
  | { readonly kind: "committed"; readonly commits: readonly string[] };
