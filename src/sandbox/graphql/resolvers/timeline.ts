import type { GraphQLResolveInfo } from "graphql";
import type { Issue, IssueEvent, PullRequest } from "../../model/issue.ts";
import { queueFor, type RemovalReason } from "../../model/merge-queue.ts";
import { issuePage } from "../../present/issue.ts";
import { time } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import type { PullCommitObject } from "../git-objects.ts";
import { type eventTypes, resolveType } from "../resolve-type.ts";
import { toCommit, toRef } from "./git-nodes.ts";
import { readTime } from "./order.ts";
import { enumOf, pathOf, personOrNull, userOrNull } from "./shown.ts";

interface TimelineArguments extends Paging {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
  readonly skip?: number | null;
}

interface Moment {
  readonly at: Date;
  readonly item: object;
}

export async function issueTimeline(issue: Issue, args: TimelineArguments, context: Context, info: GraphQLResolveInfo) {
  return connectTimeline(commonMoments(issue), args, { context, info, updatedAt: issue.updatedAt });
}

export async function pullTimeline(
  pull: PullRequest,
  args: TimelineArguments,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { issue, reviews } = pull;
  const shownReviews = reviews.filter(({ state }) => state !== "PENDING");
  const moments = [
    ...commonMoments(issue),
    ...shownReviews.map((review): Moment => ({ at: review.submittedAt ?? review.createdAt, item: review })),
    ...(await commitMoments(context, pull)),
  ];
  return connectTimeline(moments, args, { context, info, updatedAt: issue.updatedAt });
}

function commonMoments({ comments, events }: Issue): Moment[] {
  return [
    ...comments.map((comment): Moment => ({ at: comment.createdAt, item: comment })),
    ...events
      .filter(({ happened }) => happened.kind !== "committed")
      .map((event): Moment => ({ at: event.createdAt, item: event })),
  ];
}

/** Each commit stands where it was pushed; one that is no longer in the pull request does not stand anywhere. */
async function commitMoments({ git }: Context, pull: PullRequest): Promise<Moment[]> {
  const pushes = pull.issue.events.flatMap(({ happened, createdAt }) =>
    happened.kind === "committed" ? happened.commits.map((sha) => [sha, createdAt] as const) : [],
  );
  const times = new Map(pushes);
  const commits = await git.commitsOf(pull);
  return commits.map((commit) => {
    const item: PullCommitObject = { __typename: "PullRequestCommit", pull, commit };
    return { at: times.get(commit.sha) ?? pull.issue.createdAt, item };
  });
}

async function connectTimeline(
  moments: readonly Moment[],
  args: TimelineArguments,
  { context, info, updatedAt }: { context: Context; info: GraphQLResolveInfo; updatedAt: Date },
) {
  const { itemTypes, skip } = args;
  const since = readTime(args.since);
  const wanted = itemTypes ? new Set(itemTypes) : null;
  const ordered = moments.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const found = ordered
    .filter(
      ({ at, item }) =>
        (wanted === null || wanted.has(itemType(resolveType(item, context)))) && (since === undefined || at >= since),
    )
    .slice(skip ?? 0)
    .map(({ item }) => item);
  const connection = await connect(found, args, info);
  return {
    ...connection,
    totalCount: moments.length,
    filteredCount: found.length,
    pageCount: connection.nodes.length,
    updatedAt: time(updatedAt),
  };
}

/** As in `IssueTimelineItemsItemType`: `ClosedEvent` becomes `CLOSED_EVENT`. */
function itemType(typeName: string): string {
  return typeName.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

const common: Fields<IssueEvent> = {
  id: ({ nodeId }) => nodeId,
  createdAt: ({ createdAt }) => time(createdAt),
  actor: ({ actor }) => personOrNull(actor),
};

function conversation({ issue }: IssueEvent): object {
  return issue.pull ?? issue;
}

function pageOf({ forge }: Context, { issue, id }: IssueEvent): string {
  return `${issuePage(forge, issue)}#event-${id}`;
}

const addresses: Fields<IssueEvent> = {
  url: (event, _args, context) => pageOf(context, event),
  resourcePath: (event, _args, context) => pathOf(context, pageOf(context, event)),
};

const pullRequest: Fields<IssueEvent> = { pullRequest: ({ issue }) => issue.pull };

const labelling: Fields<IssueEvent> = {
  labelable: conversation,
  label: ({ issue: { repository }, happened }) => {
    if (happened.kind !== "labeled" && happened.kind !== "unlabeled") return null;
    const { name, color } = happened.label;
    const label = repository.labels.find((one) => one.name === name);
    // A label that is gone is shown as it was.
    return (
      label ?? {
        id: 0,
        nodeId: `LA_gone${Buffer.from(name).toString("base64url")}`,
        repository,
        name,
        color,
        description: null,
        default: false,
      }
    );
  },
};

const assigning: Fields<IssueEvent> = {
  assignable: conversation,
  assignee: ({ happened }) =>
    happened.kind === "assigned" || happened.kind === "unassigned" ? personOrNull(happened.assignee) : null,
  user: ({ happened }) =>
    happened.kind === "assigned" || happened.kind === "unassigned" ? userOrNull(happened.assignee) : null,
};

const planning: Fields<IssueEvent> = {
  subject: conversation,
  milestoneTitle: ({ happened }) =>
    happened.kind === "milestoned" || happened.kind === "demilestoned" ? happened.title : "",
};

const reviewing: Fields<IssueEvent> = {
  ...pullRequest,
  requestedReviewer: ({ happened }) =>
    happened.kind === "review_requested" || happened.kind === "review_request_removed"
      ? personOrNull(happened.reviewer)
      : null,
};

async function forced({ issue: { repository }, happened }: IssueEvent, context: Context, end: "before" | "after") {
  return happened.kind === "head_ref_force_pushed" ? toCommit(context, repository, happened[end]) : null;
}

const queueing: Fields<IssueEvent> = {
  ...pullRequest,
  enqueuer: ({ issue, actor }) => {
    const added = issue.events.findLast(({ happened }) => happened.kind === "added_to_merge_queue");
    return userOrNull(added?.actor ?? actor);
  },
  mergeQueue: ({ issue }) => issue.pull && queueFor(issue.pull),
};

/** The words that GitHub's GraphQL has for why a pull request has left the queue, as far as they have been seen. */
const removals: Readonly<Partial<Record<RemovalReason, string>>> = {
  MANUAL: "manual",
  MERGE: "merged",
  CI_FAILURE: "failed_checks",
};

/** The events of the timeline, each by the name of its type. */
export const events: Readonly<
  Record<Exclude<(typeof eventTypes)[keyof typeof eventTypes], "PullRequestCommit">, Fields<IssueEvent>>
> = {
  ClosedEvent: {
    ...common,
    ...addresses,
    closable: conversation,
    stateReason: ({ issue }, _args: { enableDuplicate?: boolean | null }) => enumOf(issue.stateReason),
    closer: ({ issue, happened }, _args, context) => {
      if (happened.kind !== "closed") return null;
      return happened.commit === null
        ? (happened.by?.pull ?? null)
        : toCommit(context, issue.repository, happened.commit);
    },
  },
  ReopenedEvent: {
    ...common,
    closable: conversation,
    stateReason: ({ issue }) => (issue.pull === null ? "REOPENED" : null),
  },
  LockedEvent: { ...common, lockable: conversation, lockReason: ({ issue }) => enumOf(issue.lockReason) },
  UnlockedEvent: { ...common, lockable: conversation },
  ReadyForReviewEvent: { ...common, ...addresses, ...pullRequest },
  ConvertToDraftEvent: { ...common, ...addresses, ...pullRequest },
  MergedEvent: {
    ...common,
    ...addresses,
    ...pullRequest,
    commit: ({ issue, happened }, _args, context) =>
      happened.kind === "merged" ? toCommit(context, issue.repository, happened.commit) : null,
    mergeRefName: ({ issue }) => issue.pull?.base.branch ?? "",
    mergeRef: ({ issue }, _args, context) => toRef(context, issue.repository, `refs/heads/${issue.pull?.base.branch}`),
  },
  LabeledEvent: { ...common, ...labelling },
  UnlabeledEvent: { ...common, ...labelling },
  AssignedEvent: { ...common, ...assigning },
  UnassignedEvent: { ...common, ...assigning },
  MilestonedEvent: { ...common, ...planning },
  DemilestonedEvent: { ...common, ...planning },
  RenamedTitleEvent: {
    ...common,
    subject: conversation,
    previousTitle: ({ happened }) => (happened.kind === "renamed" ? happened.from : ""),
    currentTitle: ({ happened }) => (happened.kind === "renamed" ? happened.to : ""),
  },
  ReviewRequestedEvent: { ...common, ...reviewing },
  ReviewRequestRemovedEvent: { ...common, ...reviewing },
  AddedToMergeQueueEvent: { ...common, ...queueing },
  RemovedFromMergeQueueEvent: {
    ...common,
    ...queueing,
    beforeCommit: ({ issue, happened }, _args, context) =>
      happened.kind === "removed_from_merge_queue" && happened.commit !== null
        ? toCommit(context, issue.repository, happened.commit)
        : null,
    reason: ({ happened }) =>
      happened.kind === "removed_from_merge_queue"
        ? (removals[happened.reason] ?? happened.reason.toLowerCase())
        : null,
  },
  HeadRefDeletedEvent: {
    ...common,
    ...pullRequest,
    headRefName: ({ happened }) => (happened.kind === "head_ref_deleted" ? happened.branch : ""),
    headRef: ({ issue }, _args, context) => toRef(context, issue.repository, `refs/heads/${issue.pull?.head.branch}`),
  },
  HeadRefRestoredEvent: { ...common, ...pullRequest },
  HeadRefForcePushedEvent: {
    ...common,
    ...pullRequest,
    beforeCommit: (event, _args, context) => forced(event, context, "before"),
    afterCommit: (event, _args, context) => forced(event, context, "after"),
    ref: ({ issue }, _args, context) => toRef(context, issue.repository, `refs/heads/${issue.pull?.head.branch}`),
  },
};
