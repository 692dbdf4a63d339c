import type { Account, RepositoryRole } from "../model/account.ts";
import type { Installation } from "../model/app.ts";
import type { Comment, Issue, PullRequest, Review, ReviewComment } from "../model/issue.ts";
import type { MergeGroup, MergeQueue, RemovalReason } from "../model/merge-queue.ts";
import type { Release } from "../model/release.ts";
import type { CheckRun, Label, Milestone, Repository } from "../model/repository.ts";

/** What a field was before an edit, by the field's name, in webhooks' form. */
type Changes = Readonly<Record<string, Change | Readonly<Record<string, Change>>>>;

interface Change {
  readonly from: string | readonly string[] | null;
}

/** Of a release's being the latest only what it became is told. */
interface ReleaseChanges {
  readonly [field: string]: Change | { readonly to: boolean };
}

/** Something that apps can subscribe to. The sender is who did it. */
export type Happening = { readonly sender: Account } & (
  | {
      readonly event: "issues";
      readonly action: IssueAction;
      readonly issue: Issue;
      readonly changes?: Changes;
      readonly label?: Label;
      readonly assignee?: Account;
      readonly milestone?: Milestone;
    }
  | {
      readonly event: "issue_comment";
      readonly action: "created" | "edited" | "deleted";
      readonly comment: Comment;
      readonly changes?: Changes;
    }
  | {
      readonly event: "pull_request";
      readonly action: PullRequestAction;
      readonly pull: PullRequest;
      readonly changes?: Changes;
      readonly label?: Label;
      readonly assignee?: Account;
      readonly milestone?: Milestone;
      readonly reviewer?: Account;
      readonly before?: string;
      readonly after?: string;
      /** Why it has left the merge queue. */
      readonly reason?: RemovalReason;
    }
  | {
      readonly event: "merge_group";
      readonly action: "checks_requested" | "destroyed";
      readonly queue: MergeQueue;
      readonly group: MergeGroup;
      readonly reason?: "merged" | "invalidated" | "dequeued";
    }
  | {
      readonly event: "pull_request_review";
      readonly action: "submitted" | "edited" | "dismissed";
      readonly review: Review;
      readonly changes?: Changes;
    }
  | {
      readonly event: "pull_request_review_comment";
      readonly action: "created" | "edited" | "deleted";
      readonly comment: ReviewComment;
      readonly changes?: Changes;
    }
  | {
      readonly event: "push";
      readonly repository: Repository;
      readonly ref: string;
      readonly before: string;
      readonly after: string;
      readonly forced: boolean;
    }
  | { readonly event: "create" | "delete"; readonly repository: Repository; readonly ref: string }
  | {
      readonly event: "label";
      readonly action: "created" | "edited" | "deleted";
      readonly label: Label;
      readonly changes?: Changes;
    }
  | {
      readonly event: "milestone";
      readonly action: "created" | "edited" | "deleted" | "opened" | "closed";
      readonly milestone: Milestone;
      readonly changes?: Changes;
    }
  | {
      readonly event: "release";
      readonly action: ReleaseAction;
      readonly release: Release;
      readonly changes?: ReleaseChanges;
    }
  | {
      readonly event: "repository";
      readonly action: RepositoryAction;
      readonly repository: Repository;
      readonly previousName?: string;
      readonly previousOwner?: Account;
      readonly changes?: Changes;
    }
  | {
      readonly event: "member";
      readonly action: "added" | "removed" | "edited";
      readonly repository: Repository;
      readonly member: Account;
      readonly previousRole?: RepositoryRole;
    }
  | {
      readonly event: "organization";
      readonly action: "member_added" | "member_removed" | "renamed" | "deleted";
      readonly organization: Account;
      readonly member?: Account;
      readonly previousLogin?: string;
    }
  | {
      readonly event: "installation_target";
      readonly action: "renamed";
      readonly installation: Installation;
      readonly previousLogin: string;
    }
  | { readonly event: "check_run"; readonly action: "created" | "completed" | "rerequested"; readonly run: CheckRun }
  | {
      readonly event: "installation";
      readonly action: "created" | "deleted" | "suspend" | "unsuspend" | "new_permissions_accepted";
      readonly installation: Installation;
      readonly repositories: readonly Repository[];
    }
  | {
      readonly event: "installation_repositories";
      readonly action: "added" | "removed";
      readonly installation: Installation;
      readonly repositories: readonly Repository[];
    }
);

export type IssueAction =
  | "opened"
  | "edited"
  | "closed"
  | "reopened"
  | "deleted"
  | "labeled"
  | "unlabeled"
  | "assigned"
  | "unassigned"
  | "milestoned"
  | "demilestoned"
  | "locked"
  | "unlocked";

type PullRequestAction =
  | Exclude<IssueAction, "deleted">
  | "synchronize"
  | "ready_for_review"
  | "converted_to_draft"
  | "enqueued"
  | "dequeued"
  | "review_requested"
  | "review_request_removed";

export type ReleaseAction = "created" | "published" | "released" | "prereleased" | "edited" | "unpublished" | "deleted";

type RepositoryAction =
  | "created"
  | "deleted"
  | "edited"
  | "renamed"
  | "transferred"
  | "publicized"
  | "privatized"
  | "archived"
  | "unarchived";
