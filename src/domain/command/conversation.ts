import type { Account } from "../credit/pull-request-facts.ts";
import type { Repository } from "../repository.ts";

/** A comment that may hold commands, and the conversation that it is in, as GitHub has them now. */
export interface CommandComment {
  readonly id: number;
  readonly body: string;
  readonly url: string;
  readonly createdAt: Date;
  /** Null where the account is deleted. */
  readonly author: Account | null;
  /** Whether somebody other than its author has changed it since. */
  readonly isEditedByOthers: boolean;
  readonly conversation: Conversation;
}

export interface Conversation {
  readonly repository: Repository;
  readonly number: number;
  readonly kind: "pull request" | "issue";
  /** Who opened the pull request or issue. */
  readonly author: Account | null;
}

/** What somebody may do in a repository by themselves. */
export type Permission = "admin" | "write" | "read" | "none";
