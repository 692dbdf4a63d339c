import type { BranchedRepository } from "../repository.ts";

/** What GitHub says about one pull request at one moment. */
export interface PullRequestFacts {
  readonly repository: RepositoryFacts;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  /** Null where the account is deleted. */
  readonly author: Account | null;
  readonly state: "open" | "closed" | "merged";
  readonly isDraft: boolean;
  readonly baseBranch: string;
  readonly isInMergeQueue: boolean;
  /** Oldest first. */
  readonly commits: readonly CommitFacts[];
  readonly reviews: readonly ReviewFacts[];
  /** The issues that merging it closes. */
  readonly closingIssues: readonly IssueFacts[];
  /** Those of the same repository that it says it supersedes; empty unless they were asked for. */
  readonly superseded: readonly SupersededFacts[];
  /** Who commented; empty unless the configuration asks for them. */
  readonly comments: readonly { readonly author: Account | null; readonly url: string }[];
  /** The paths that it changes; empty unless the configuration asks for them. */
  readonly files: readonly string[];
  /** What GitHub would write for a squash; null where it does not tell. */
  readonly proposedSquash: { readonly title: string; readonly body: string } | null;
  /** What came of it: the merge commit, the squash, or the rebased commits. Null before the merge. */
  readonly landed: { readonly commits: readonly CommitFacts[]; readonly by: Account | null; readonly at: Date } | null;
  /** This app's comment on it, found by its marker. */
  readonly ownComment: {
    readonly id: number;
    readonly nodeId: string;
    readonly body: string;
    readonly url: string;
  } | null;
}

/** Where people show up. */
export type Participation = Pick<
  PullRequestFacts,
  "author" | "commits" | "reviews" | "closingIssues" | "superseded" | "comments" | "landed"
>;

export interface RepositoryFacts extends BranchedRepository {
  readonly squashTitle: "PR_TITLE" | "COMMIT_OR_PR_TITLE";
  readonly squashMessage: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK";
  readonly allows: { readonly merge: boolean; readonly squash: boolean; readonly rebase: boolean };
  /** How many pull requests have been merged there so far. */
  readonly mergedPullRequests: number;
}

export interface Account {
  /** Never changes; a login does. */
  readonly id: number;
  readonly login: string;
  /** What the profile says; absent where it was not asked for. */
  readonly name?: string | null;
  readonly kind: "person" | "bot";
}

export interface CommitFacts {
  readonly sha: string;
  readonly url: string;
  readonly message: string;
  /** How many: two or more make a merge. */
  readonly parents: number;
  /** Git's author first, then those whom GitHub reads as co-authors. */
  readonly authors: readonly {
    readonly name: string;
    readonly address: string;
    /** Null where no account has the address. */
    readonly account: Account | null;
  }[];
}

export interface ReviewFacts {
  readonly author: Account | null;
  readonly state: "commented" | "approved" | "changes requested" | "dismissed";
  readonly url: string;
  readonly submittedAt: Date;
}

/** A pull request whose work another one goes on with. */
export interface SupersededFacts {
  readonly number: number;
  readonly url: string;
  /** Null where the account is deleted. */
  readonly author: Account | null;
  /** Null where it was not merged. */
  readonly mergedAt: Date | null;
  /** The first fifty at most, the oldest first. */
  readonly commits: readonly CommitFacts[];
}

export interface IssueFacts {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly author: Account | null;
  readonly labels: readonly string[];
}
