import { commitsOf, isMergeable } from "../actions/pulls.ts";
import { type Forge, gitDirectory } from "../forge.ts";
import { findMergeBase } from "../git/ancestry.ts";
import { type ChangedFile, diffFiles } from "../git/changed-files.ts";
import { missingForMerge } from "../identity/held-back.ts";
import type { BranchTip, PullRequest, Review, ReviewComment } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { presentAccount } from "./account.ts";
import { associationOf, issuePage, issueUrl, presentReactions } from "./issue.ts";
import { presentLabel, presentMilestone, presentRepository, repositoryUrl } from "./repository.ts";
import { time, timeOrNull } from "./time.ts";

export function pullUrl(forge: Pick<Forge, "api">, { issue }: PullRequest): string {
  return `${repositoryUrl(forge, issue.repository)}/pulls/${issue.number}`;
}

/** A pull request as lists show it. */
export function presentPull(forge: Forge, pull: PullRequest) {
  const { issue } = pull;
  const { repository } = issue;
  const url = pullUrl(forge, pull);
  const page = issuePage(forge, issue);
  const statuses = `${repositoryUrl(forge, repository)}/statuses/${pull.head.commit}`;
  const [assignee] = issue.assignees;
  return {
    url,
    id: pull.id,
    node_id: pull.nodeId,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl(forge, issue),
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: presentAccount(forge, issue.author),
    body: issue.body,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: timeOrNull(issue.closedAt),
    merged_at: timeOrNull(pull.merged?.at ?? null),
    merge_commit_sha: pull.merged?.commit ?? null,
    assignee: assignee === undefined ? null : presentAccount(forge, assignee),
    assignees: issue.assignees.map((account) => presentAccount(forge, account)),
    requested_reviewers: pull.requestedReviewers.map((account) => presentAccount(forge, account)),
    requested_teams: [],
    labels: issue.labels.map((label) => presentLabel(forge, label)),
    milestone: issue.milestone === null ? null : presentMilestone(forge, issue.milestone),
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${repositoryUrl(forge, repository)}/pulls/comments{/number}`,
    comments_url: `${issueUrl(forge, issue)}/comments`,
    statuses_url: statuses,
    head: presentTip(forge, pull.head, pull.head.repository),
    base: presentTip(forge, pull.base, repository),
    _links: {
      self: { href: url },
      html: { href: page },
      issue: { href: issueUrl(forge, issue) },
      comments: { href: `${issueUrl(forge, issue)}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${repositoryUrl(forge, repository)}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: associationOf(issue.author, repository),
    auto_merge: null,
    active_lock_reason: issue.lockReason,
  };
}

/** Of a fork that is gone, only the branch's name and commit are left. */
function presentTip(forge: Forge, { branch, commit }: BranchTip, repository: Repository | null) {
  return {
    label: repository === null ? null : `${repository.owner.login}:${branch}`,
    ref: branch,
    sha: commit,
    user: repository === null ? null : presentAccount(forge, repository.owner),
    repo: repository === null ? null : presentRepository(forge, repository),
  };
}

/** A pull request's own page: with what only git can tell. */
export async function presentPullInFull(forge: Forge, pull: PullRequest) {
  const { issue, merged } = pull;
  const [commits, files, mergeable] = await Promise.all([
    commitsOf(forge, pull),
    filesOf(forge, pull, { patches: false }),
    isMergeable(forge, pull),
  ]);
  return {
    ...presentPull(forge, pull),
    merged: merged !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: stateOf(pull, mergeable),
    merged_by: merged === null ? null : presentAccount(forge, merged.by),
    comments: issue.comments.length,
    review_comments: pull.reviewComments.length,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: files.reduce((sum, { additions }) => sum + additions, 0),
    deletions: files.reduce((sum, { deletions }) => sum + deletions, 0),
    changed_files: files.length,
  };
}

/** What a pull request changes: from where it left its base. */
export async function filesOf(
  forge: Forge,
  { issue, base, head }: PullRequest,
  { patches }: { readonly patches: boolean },
): Promise<ChangedFile[]> {
  const directory = gitDirectory(forge, issue.repository);
  const from = await findMergeBase(directory, base.commit, head.commit);
  return diffFiles(directory, { from, to: head.commit, patches });
}

export function presentReview(forge: Forge, review: Review) {
  const { pull, id, submittedAt } = review;
  const page = `${issuePage(forge, pull.issue)}#pullrequestreview-${id}`;
  return {
    id,
    node_id: review.nodeId,
    user: presentAccount(forge, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pullUrl(forge, pull),
    author_association: associationOf(review.author, pull.issue.repository),
    _links: { html: { href: page }, pull_request: { href: pullUrl(forge, pull) } },
    ...(submittedAt === null ? {} : { submitted_at: time(submittedAt) }),
    commit_id: review.commit,
  };
}

export function presentReviewComment(forge: Forge, comment: ReviewComment) {
  const { pull, id, review, line, startLine, side, commit, inReplyTo } = comment;
  const url = `${repositoryUrl(forge, pull.issue.repository)}/pulls/comments/${id}`;
  const page = `${issuePage(forge, pull.issue)}#discussion_r${id}`;
  const position = Math.max(1, comment.diffHunk.split("\n").length - 1);
  return {
    url,
    pull_request_review_id: review.id,
    id,
    node_id: comment.nodeId,
    diff_hunk: comment.diffHunk,
    path: comment.path,
    commit_id: commit,
    original_commit_id: commit,
    user: presentAccount(forge, comment.author),
    body: comment.body,
    created_at: time(comment.createdAt),
    updated_at: time(comment.updatedAt),
    html_url: page,
    pull_request_url: pullUrl(forge, pull),
    author_association: associationOf(comment.author, pull.issue.repository),
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pullUrl(forge, pull) } },
    reactions: presentReactions(url, comment.reactions),
    start_line: startLine,
    original_start_line: startLine,
    start_side: startLine === null ? null : side,
    ...(line === null ? {} : { line, original_line: line }),
    side,
    position,
    original_position: position,
    subject_type: line === null ? "file" : "line",
    ...(inReplyTo === null ? {} : { in_reply_to_id: inReplyTo.id }),
  };
}

function stateOf(pull: PullRequest, mergeable: boolean | null): string {
  if (mergeable === null) return "unknown";
  if (pull.draft) return "draft";
  if (!mergeable) return "dirty";
  return missingForMerge(pull) === null ? "clean" : "blocked";
}
