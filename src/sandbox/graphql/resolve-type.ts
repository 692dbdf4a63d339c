import type { IssueHappening } from "../model/issue.ts";
import type { Context } from "./context.ts";

/** GraphQL's names for what happens to issues; `committed` is shown as the commits themselves. */
export const eventTypes = {
  closed: "ClosedEvent",
  reopened: "ReopenedEvent",
  locked: "LockedEvent",
  unlocked: "UnlockedEvent",
  ready_for_review: "ReadyForReviewEvent",
  convert_to_draft: "ConvertToDraftEvent",
  merged: "MergedEvent",
  labeled: "LabeledEvent",
  unlabeled: "UnlabeledEvent",
  assigned: "AssignedEvent",
  unassigned: "UnassignedEvent",
  milestoned: "MilestonedEvent",
  demilestoned: "DemilestonedEvent",
  renamed: "RenamedTitleEvent",
  review_requested: "ReviewRequestedEvent",
  review_request_removed: "ReviewRequestRemovedEvent",
  head_ref_deleted: "HeadRefDeletedEvent",
  head_ref_restored: "HeadRefRestoredEvent",
  head_ref_force_pushed: "HeadRefForcePushedEvent",
  added_to_merge_queue: "AddedToMergeQueueEvent",
  removed_from_merge_queue: "RemovedFromMergeQueueEvent",
  committed: "PullRequestCommit",
} as const satisfies Record<IssueHappening["kind"], string>;

/** Which type of an interface or union an object has: it says so itself, or its node id tells. */
export function resolveType(source: unknown, { forge }: Pick<Context, "forge">): string {
  if (typeof source === "object" && source !== null) {
    if ("__typename" in source) return String(source["__typename"]);
    if ("nodeId" in source) {
      const node = forge.state.nodes.get(String(source.nodeId));
      if (node?.type === "IssueEvent") return eventTypes[node.value.happened.kind];
      if (node !== undefined) return node.type;
      // A conversation of a pull request has no node of its own.
      if ("reviews" in source) return "PullRequest";
    }
  }
  throw new Error("a resolver gave something of which nothing tells the type");
}
