import type { Forge } from "../forge.ts";
import { gitDirectory } from "../forge.ts";
import { readCommits } from "../git/commits.ts";
import type { Account } from "../model/account.ts";
import type { Comment, Issue, IssueEvent, Review, ReviewComment } from "../model/issue.ts";
import type { RemovalReason } from "../model/merge-queue.ts";
import { summarizeCommit } from "./commit-summary.ts";
import { diffRows } from "./diff-view.ts";
import { viewLabel, viewReactions } from "./issue-view.ts";
import { commitPath, issuePath } from "./paths.ts";
import type { TextRenderer } from "./people-text.ts";
import { personOf } from "./person.ts";

/** What the timeline is made with: how texts are rendered, and whose words the speaker may change. */
export interface TimelineTools {
  readonly render: TextRenderer;
  readonly mayEdit: (author: Account) => boolean;
}

/** All that happened in a conversation, oldest first; each entry names the partial that shows it. */
export async function timelineOf(forge: Forge, issue: Issue, tools: TimelineTools): Promise<object[]> {
  const commits = await committedIn(forge, issue);
  const reviews = (issue.pull?.reviews ?? []).filter(isShown);
  const entries = [
    ...issue.events
      .filter(isWorthTelling)
      .map((event) => ({ id: event.id, at: event.createdAt, view: viewEvent(forge, event, commits) })),
    ...issue.comments.map((one) => ({ id: one.id, at: one.createdAt, view: viewComment(forge, one, tools) })),
    ...reviews.map((one) => ({
      id: one.id,
      at: one.submittedAt ?? one.createdAt,
      view: viewReview(forge, one, tools),
    })),
  ];
  entries.sort((one, other) => one.at.getTime() - other.at.getTime() || one.id - other.id);
  return entries.map(({ view }) => view);
}

/** That a merge closes a pull request, and takes it out of the queue, goes without saying. */
function isWorthTelling({ happened }: IssueEvent, index: number, events: readonly IssueEvent[]): boolean {
  if (happened.kind === "removed_from_merge_queue") return happened.reason !== "MERGE";
  return happened.kind !== "closed" || events[index - 1]?.happened.kind !== "merged";
}

/** Every text in a conversation. */
export function textsIn({ body, comments, pull }: Issue): (string | null)[] {
  const reviews = [...(pull?.reviews ?? []), ...(pull?.reviewComments ?? [])];
  return [body, ...comments.map((comment) => comment.body), ...reviews.map((review) => review.body)];
}

/** A review that is only an answer in a thread is shown there, and a pending one is its author's alone. */
function isShown(review: Review): boolean {
  if (review.state === "PENDING") return false;
  const comments = review.pull.reviewComments.filter((comment) => comment.review === review);
  return review.state !== "COMMENTED" || review.body !== "" || comments.some(({ inReplyTo }) => inReplyTo === null);
}

function viewComment(forge: Forge, comment: Comment, { render, mayEdit }: TimelineTools) {
  const { id, author, body, createdAt, updatedAt, reactions, viaAppId } = comment;
  const app = viaAppId === null ? undefined : forge.state.apps.get(viaAppId);
  return {
    partial: "comment",
    id,
    anchor: `issuecomment-${id}`,
    author: personOf(forge, author),
    app: app === undefined || app.bot === author ? null : personOf(forge, app.bot),
    at: createdAt,
    isEdited: updatedAt.getTime() > createdAt.getTime(),
    html: render(body, `comment-${id}`),
    text: body,
    mayEdit: mayEdit(author),
    reactions: viewReactions(forge, reactions),
  };
}

function viewReview(forge: Forge, review: Review, tools: TimelineTools) {
  const { id, author, state, body, submittedAt, createdAt, pull } = review;
  const firsts = pull.reviewComments.filter((comment) => comment.review === review && comment.inReplyTo === null);
  return {
    partial: "review",
    anchor: `pullrequestreview-${id}`,
    author: personOf(forge, author),
    at: submittedAt ?? createdAt,
    is: { [state]: true },
    html: body === "" ? null : tools.render(body, `review-${id}`),
    threads: firsts.map((first) => viewThread(forge, first, tools)),
  };
}

/** A comment on a line with the end of the diff that it is about, and the answers to it. */
export function viewThread(forge: Forge, first: ReviewComment, { render }: Pick<TimelineTools, "render">) {
  const answers = first.pull.reviewComments.filter(({ inReplyTo }) => inReplyTo === first);
  return {
    id: first.id,
    path: first.path,
    line: first.line,
    side: first.side,
    rows: first.diffHunk === "" ? [] : diffRows(first.diffHunk).slice(1).slice(-4),
    comments: [first, ...answers].map(({ id, author, body, createdAt, reactions }) => ({
      id,
      anchor: `discussion_r${id}`,
      author: personOf(forge, author),
      at: createdAt,
      html: render(body, `discussion-${id}`),
      reactions: viewReactions(forge, reactions),
    })),
  };
}

type Commits = ReadonlyMap<string, ReturnType<typeof summarizeCommit>>;

async function committedIn(forge: Forge, { events, repository }: Issue): Promise<Commits> {
  const shas = events.flatMap(({ happened }) => (happened.kind === "committed" ? happened.commits : []));
  const commits = await readCommits(gitDirectory(forge, repository), [...new Set(shas)]);
  const found = commits.filter((commit) => commit !== null);
  return new Map(found.map((commit) => [commit.sha, summarizeCommit(forge, repository, commit)]));
}

/** What is worth saying of why a pull request has left the merge queue. */
const whyRemoved: Readonly<Partial<Record<RemovalReason, string>>> = {
  CI_FAILURE: "a required check has failed",
  MERGE_CONFLICT: "it conflicts with what was merged before it",
  ALREADY_MERGED: "it is merged already",
  QUEUE_CLEARED: "there is no queue any more",
};

/** The words for each kind stand in the template. */
function viewEvent(forge: Forge, { id, actor, createdAt, happened, issue }: IssueEvent, commits: Commits) {
  const view = {
    anchor: `event-${id}`,
    actor: personOf(forge, actor),
    at: createdAt,
    is: { [happened.kind]: true },
    commit: null,
    by: null,
  };
  const linkTo = (sha: string) => ({ short: sha.slice(0, 7), href: commitPath(issue.repository, sha) });
  switch (happened.kind) {
    case "committed":
      return { ...view, partial: "commits", commits: happened.commits.flatMap((sha) => commits.get(sha) ?? []) };
    case "closed": {
      const { commit, by } = happened;
      const cause = by === null ? null : { number: by.number, href: issuePath(by) };
      return { ...view, partial: "event", commit: commit === null ? null : linkTo(commit), by: cause };
    }
    case "merged":
      return { ...view, partial: "event", commit: linkTo(happened.commit), base: issue.pull?.base.branch ?? "" };
    case "labeled":
    case "unlabeled":
      return { ...view, partial: "event", label: viewLabel(happened.label) };
    case "assigned":
    case "unassigned":
      return { ...view, partial: "event", whom: personOf(forge, happened.assignee) };
    case "review_requested":
    case "review_request_removed":
      return { ...view, partial: "event", whom: personOf(forge, happened.reviewer) };
    case "head_ref_force_pushed":
      return { ...view, partial: "event", from: happened.before.slice(0, 7), to: linkTo(happened.after) };
    case "removed_from_merge_queue":
      return { ...view, partial: "event", why: whyRemoved[happened.reason] };
    case "milestoned":
    case "demilestoned":
    case "renamed":
    case "head_ref_deleted":
    case "head_ref_restored":
      return { ...view, ...happened, partial: "event" };
    case "reopened":
    case "locked":
    case "unlocked":
    case "ready_for_review":
    case "convert_to_draft":
    case "added_to_merge_queue":
      return { ...view, partial: "event" };
  }
}
