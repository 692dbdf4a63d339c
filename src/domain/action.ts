/** What can be done to GitHub. Who decides says how things should be; who applies writes only what is not so yet. */
export type Action = UpsertComment | SetCheck | React | Tell | ProposeFile | WithdrawBranch;

/** One comment of this app's on an issue or pull request, told from its others by a marker. */
export interface UpsertComment {
  readonly kind: "upsert comment";
  readonly number: number;
  /** Somewhere in the body. */
  readonly marker: string;
  readonly body: string;
  /** As it was last read, null where there was none; looked for where it is not given. */
  readonly existing?: { readonly id: number; readonly body: string } | null;
}

/** A reaction of this app's to a comment on an issue or pull request; once is as good as twice. */
export interface React {
  readonly kind: "react";
  readonly commentId: number;
  readonly content: "eyes" | "rocket" | "confused";
}

/** Something that those who look after a repository should know, told once, in this app's one open issue there. */
export interface Tell {
  readonly kind: "tell";
  /** An HTML comment that tells it from other things. */
  readonly marker: string;
  /** Of the issue, and what it says first, where there is none yet. */
  readonly title: string;
  readonly introduction: string;
  /** In Markdown. */
  readonly body: string;
}

/** What a check of this app's says about a commit. */
export interface SetCheck {
  readonly kind: "set check";
  readonly sha: string;
  readonly name: string;
  readonly conclusion: "success" | "neutral" | "failure" | "action_required";
  readonly title: string;
  /** In Markdown. */
  readonly summary: string;
  /** As it was last written; looked for where it is not given. */
  readonly existing?: ExistingCheck | null;
}

export interface ExistingCheck {
  readonly id: number;
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly summary: string | null;
}

/** One file on a branch of this app's, one commit ahead of where it is to go, and a pull request of that branch. */
export interface ProposeFile {
  readonly kind: "propose file";
  /** The repository's id in GraphQL. */
  readonly repositoryId: string;
  readonly path: string;
  readonly mode: "100644" | "100755";
  readonly text: string;
  readonly branch: string;
  /** Where the branch was last seen, null where it was not there. Nothing is written where it is elsewhere by now. */
  readonly from: string | null;
  /** Where it is to go. */
  readonly base: { readonly branch: string; readonly sha: string; readonly tree: string };
  readonly title: string;
  /** In Markdown. */
  readonly body: string;
  /** Of the pull request that is open; null where one is to be opened. */
  readonly number: number | null;
}

/** A branch of this app's that shall go, and with it the pull request of it. */
export interface WithdrawBranch {
  readonly kind: "withdraw branch";
  readonly repositoryId: string;
  readonly branch: string;
  /** Where it was last seen. It stays where it is elsewhere by now. */
  readonly from: string;
}

/** What became of an action. */
export interface Applied {
  readonly action: Action;
  /**
   * `created`, `edited` and `unchanged` say what it took; `adopted`: an attempt that seemed to fail, or somebody else of
   * ours, had made it already; `gone`: what was to be edited exists no longer, and was not made again.
   */
  readonly outcome: "created" | "edited" | "unchanged" | "adopted" | "gone";
  /** Of the comment, check or reaction, or a pull request's number; null where it is gone. */
  readonly id: number | null;
}
