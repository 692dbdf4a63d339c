import type { Account, IssueFacts } from "./pull-request-facts.ts";

/** What GitHub says about an issue, as far as its report may be worth credit. */
export interface SolvableIssue extends IssueFacts {
  /** Null while it is open. `by` is null where GitHub does not tell. */
  readonly closed: { readonly at: Date; readonly by: Account | null; readonly isCompleted: boolean } | null;
  /** Whether its author is one of those who look after the repository. */
  readonly isByInsider: boolean;
  /** Whether a pull request closes it that is merged. */
  readonly isClosedByMerge: boolean;
}

/**
 * Whether an issue's report was worth something by itself: somebody closed it as completed. A merged pull request that
 * closes it has the credit instead, and nobody from outside gives it to themselves.
 */
export function isSolved({ author, closed, isByInsider, isClosedByMerge }: SolvableIssue): boolean {
  if (closed === null || !closed.isCompleted || isClosedByMerge) return false;
  return isByInsider || closed.by === null || closed.by.id !== author?.id;
}
