import { closingIssues } from "../../actions/change-refs.ts";
import type { Account } from "../../model/account.ts";
import type { Comment, Issue } from "../../model/issue.ts";
import { issuePage } from "../../present/issue.ts";
import { timeOrNull } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import { canWrite, isShut, needToEdit, permissionsFor, requireRead } from "../permissions.ts";
import { Problem } from "../problem.ts";
import { anchorOn, commentFields, reactionFields, type Words, wordFields } from "./comment.ts";
import { stateOf } from "./issue-lists.ts";
import { labelsAmong } from "./label.ts";
import { inOrder, type Order } from "./order.ts";
import { enumOf, pathOf, personOrNull, users } from "./shown.ts";
import { issueTimeline } from "./timeline.ts";

/** What issues and pull requests have in common; `issueOf` finds the conversation. */
export function conversationFields<Source extends object>(issueOf: (source: Source) => Issue): Fields<Source> {
  const read = (source: Source, context: Context): Words => {
    const issue = issueOf(source);
    const { id, nodeId } = issue.pull ?? issue;
    const { repository, author, body, createdAt, updatedAt } = issue;
    const page = pathOf(context, issuePage(context.forge, issue));
    return { id, nodeId, repository, author, body, createdAt, updatedAt, page, permissions: permissionsFor(issue) };
  };
  const mayTriage = (context: Context, source: Source): boolean => {
    const issue = issueOf(source);
    const permissions = permissionsFor(issue).map((name) => [name, "write"] as const);
    return canWrite(context, issue.repository, { role: "triage", permissions });
  };
  const mayClose = (context: Context, source: Source): boolean => {
    const issue = issueOf(source);
    return (
      mayTriage(context, source) ||
      canWrite(context, issue.repository, needToEdit(context, issue.author, ...permissionsFor(issue)))
    );
  };
  return {
    ...wordFields(read),
    ...reactionFields((source) => issueOf(source).reactions),
    number: (source) => issueOf(source).number,
    title: (source) => issueOf(source).title,
    titleHTML: (source) => escapeHtml(issueOf(source).title),
    state: (source) => stateOf(issueOf(source)),
    closed: (source) => issueOf(source).state === "closed",
    closedAt: (source) => timeOrNull(issueOf(source).closedAt),
    locked: (source) => issueOf(source).locked,
    activeLockReason: (source) => enumOf(issueOf(source).lockReason),
    milestone: (source) => issueOf(source).milestone,
    isReadByViewer: () => true,
    viewerCanSubscribe: () => true,
    viewerSubscription: (source, _args, context) =>
      participantsOf(issueOf(source)).includes(context.viewer) ? "SUBSCRIBED" : "UNSUBSCRIBED",
    viewerCanLabel: (source, _args, context) => mayTriage(context, source),
    viewerCanClose: (source, _args, context) => issueOf(source).state === "open" && mayClose(context, source),
    viewerCanReopen: (source, _args, context) => {
      const issue = issueOf(source);
      return issue.state === "closed" && !issue.pull?.merged && mayClose(context, source);
    },
    assignees: async (source, args: Paging, _context, info) => connect(users(issueOf(source).assignees), args, info),
    labels: async (source, args: Paging & { orderBy?: Order | null }, _context, info) =>
      connect(labelsAmong(issueOf(source).labels, { orderBy: args.orderBy ?? null }), args, info),
    comments: async (source, args: Paging & { orderBy?: Order | null }, _context, info) => {
      const { comments } = issueOf(source);
      return connect(inOrder(comments, args.orderBy, { UPDATED_AT: ({ updatedAt }) => updatedAt }), args, info);
    },
    participants: async (source, args: Paging, _context, info) =>
      connect(users(participantsOf(issueOf(source))), args, info),
  };
}

/** Who opened it, spoke, reviewed, or is to work on it, each once. */
function participantsOf({ author, comments, assignees, pull }: Issue): Account[] {
  const reviewers = (pull?.reviews ?? []).filter(({ state }) => state !== "PENDING");
  return [
    ...new Set([
      author,
      ...comments.map((comment) => comment.author),
      ...reviewers.map((review) => review.author),
      ...assignees,
    ]),
  ];
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/`([^`]+)`/g, "<code>$1</code>");
}

export const issue: Fields<Issue> = {
  ...conversationFields<Issue>((source) => source),
  lastEditedAt: ({ edited }) => timeOrNull(edited?.at ?? null),
  editor: ({ edited }) => personOrNull(edited?.by ?? null),
  includesCreatedEdit: ({ edited }) => Boolean(edited),
  stateReason: ({ stateReason }, _args: { enableDuplicate?: boolean | null }) => enumOf(stateReason),
  bodyUrl: (source, _args, { forge }) => `${issuePage(forge, source)}#issue-${source.id}`,
  bodyResourcePath: (source, _args, context) =>
    anchorOn(context, issuePage(context.forge, source), `issue-${source.id}`),
  isPinned: () => false,
  parent: () => null,
  viewerCanDelete: (source, _args, context) => canWrite(context, source.repository, { role: "admin", permissions: [] }),
  closedByPullRequestsReferences: async (source, args: ClosedByArguments, context, info) => {
    requireRead(context, source.repository, "pull_requests");
    const { includeClosedPrs } = args;
    // What a person links by hand is not in the sandbox.
    if (args.userLinkedOnly === true) return connect([], args, info);
    if (args.orderByState === true) throw new Problem("NOT_IMPLEMENTED", "No order by state");
    const pulls = [...source.repository.issues.values()].flatMap(({ pull }) => pull ?? []);
    const closing = pulls.filter(
      ({ issue: { state }, merged }) => includeClosedPrs === true || state === "open" || merged !== null,
    );
    return connect(
      closing.filter((pull) => closingIssues(pull).includes(source)),
      args,
      info,
    );
  },
  timelineItems: issueTimeline,
};

type ClosedByArguments = Paging & {
  readonly includeClosedPrs?: boolean | null;
  readonly userLinkedOnly?: boolean | null;
  readonly orderByState?: boolean | null;
};

export const issueComment: Fields<Comment> = {
  ...commentFields<Comment>((comment, context) => {
    const { issue: place, id } = comment;
    const page = anchorOn(context, issuePage(context.forge, place), `issuecomment-${id}`);
    return { ...comment, repository: place.repository, page, permissions: permissionsFor(place) };
  }),
  ...reactionFields<Comment>(({ reactions }) => reactions),
  lastEditedAt: ({ edited }) => timeOrNull(edited?.at ?? null),
  editor: ({ edited }) => personOrNull(edited?.by ?? null),
  includesCreatedEdit: ({ edited }) => Boolean(edited),
  // GitHub gives the pull request's conversation here too.
  issue: ({ issue: place }) => place,
  pullRequest: ({ issue: { pull } }) => pull,
  viewerCanReact: ({ issue: place }, _args, context) =>
    !isShut(context, place) &&
    canWrite(context, place.repository, {
      role: "read",
      permissions: permissionsFor(place).map((name) => [name, "write"] as const),
    }),
};
