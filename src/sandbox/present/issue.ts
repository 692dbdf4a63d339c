import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import type { Comment, Issue, IssueEvent, Reaction, ReactionContent } from "../model/issue.ts";
import { fullName, type Repository } from "../model/repository.ts";
import { presentAccount } from "./account.ts";
import { presentApp } from "./app.ts";
import { presentLabel, presentMilestone, repositoryUrl } from "./repository.ts";
import { time, timeOrNull } from "./time.ts";

export function issueUrl(forge: Pick<Forge, "api">, { repository, number }: Issue): string {
  return `${repositoryUrl(forge, repository)}/issues/${number}`;
}

/** The page of an issue or a pull request. */
export function issuePage({ web }: Pick<Forge, "web">, { repository, number, pull }: Issue): string {
  return `${web}/${fullName(repository)}/${pull === null ? "issues" : "pull"}/${number}`;
}

/** An issue, or a pull request as lists of issues show it. */
export function presentIssue(forge: Forge, issue: Issue) {
  const { repository, pull, reactions } = issue;
  const url = issueUrl(forge, issue);
  const page = issuePage(forge, issue);
  const [assignee] = issue.assignees;
  return {
    url,
    repository_url: repositoryUrl(forge, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: pull?.id ?? issue.id,
    node_id: pull?.nodeId ?? issue.nodeId,
    number: issue.number,
    title: issue.title,
    user: presentAccount(forge, issue.author),
    labels: issue.labels.map((label) => presentLabel(forge, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: assignee === undefined ? null : presentAccount(forge, assignee),
    assignees: issue.assignees.map((account) => presentAccount(forge, account)),
    milestone: issue.milestone === null ? null : presentMilestone(forge, issue.milestone),
    comments: issue.comments.length,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: timeOrNull(issue.closedAt),
    author_association: associationOf(issue.author, repository),
    active_lock_reason: issue.lockReason,
    body: issue.body,
    reactions: presentReactions(url, reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: viaApp(forge, issue.viaAppId),
    state_reason: issue.stateReason,
    ...(pull === null
      ? {}
      : {
          draft: pull.draft,
          pull_request: {
            url: `${repositoryUrl(forge, repository)}/pulls/${issue.number}`,
            html_url: page,
            diff_url: `${page}.diff`,
            patch_url: `${page}.patch`,
            merged_at: timeOrNull(pull.merged?.at ?? null),
          },
        }),
  };
}

/** An issue's own page tells who closed it too. */
export function presentIssueInFull(forge: Forge, issue: Issue) {
  const { closedBy } = issue;
  return { ...presentIssue(forge, issue), closed_by: closedBy === null ? null : presentAccount(forge, closedBy) };
}

export function presentComment(forge: Forge, comment: Comment) {
  const { issue, id } = comment;
  const url = `${repositoryUrl(forge, issue.repository)}/issues/comments/${id}`;
  return {
    url,
    html_url: `${issuePage(forge, issue)}#issuecomment-${id}`,
    issue_url: issueUrl(forge, issue),
    id,
    node_id: comment.nodeId,
    user: presentAccount(forge, comment.author),
    created_at: time(comment.createdAt),
    updated_at: time(comment.updatedAt),
    author_association: associationOf(comment.author, issue.repository),
    body: comment.body,
    reactions: presentReactions(url, comment.reactions),
    performed_via_github_app: viaApp(forge, comment.viaAppId),
  };
}

function viaApp(forge: Forge, appId: number | null) {
  const app = appId === null ? undefined : forge.state.apps.get(appId);
  return app === undefined ? null : presentApp(forge, app);
}

export function presentReaction(forge: Forge, { id, nodeId, user, content, createdAt }: Reaction) {
  return { id, node_id: nodeId, user: presentAccount(forge, user), content, created_at: time(createdAt) };
}

export function presentReactions(url: string, reactions: readonly Reaction[]) {
  const count = (content: ReactionContent): number =>
    reactions.filter((reaction) => reaction.content === content).length;
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    "+1": count("+1"),
    "-1": count("-1"),
    laugh: count("laugh"),
    hooray: count("hooray"),
    confused: count("confused"),
    heart: count("heart"),
    rocket: count("rocket"),
    eyes: count("eyes"),
  };
}

/** How somebody stands to a repository, in GitHub's words. */
export function associationOf(account: Account, repository: Repository): string {
  if (account.deleted) return "NONE";
  if (repository.owner === account) return "OWNER";
  if (repository.owner.organization?.members.has(account)) return "MEMBER";
  if (repository.collaborators.has(account)) return "COLLABORATOR";
  const contributed = repository.issues.values().some(({ author, pull }) => author === account && pull?.merged);
  return contributed ? "CONTRIBUTOR" : "NONE";
}

/** Something that happened to an issue, as its lists of events show it. */
export function presentIssueEvent(forge: Forge, event: IssueEvent) {
  const { id, nodeId, issue, actor, createdAt, happened } = event;
  const repository = repositoryUrl(forge, issue.repository);
  const commit = happened.kind === "closed" || happened.kind === "merged" ? happened.commit : null;
  return {
    id,
    node_id: nodeId,
    url: `${repository}/issues/events/${id}`,
    actor: presentAccount(forge, actor),
    event: happened.kind,
    commit_id: commit,
    commit_url: commit === null ? null : `${repository}/commits/${commit}`,
    created_at: time(createdAt),
    performed_via_github_app: null,
    ...detailsOf(forge, event),
  };
}

function detailsOf(forge: Forge, { actor, happened, issue }: IssueEvent): object {
  switch (happened.kind) {
    case "labeled":
    case "unlabeled":
      return { label: { name: happened.label.name, color: happened.label.color } };
    case "assigned":
    case "unassigned":
      return { assignee: presentAccount(forge, happened.assignee), assigner: presentAccount(forge, actor) };
    case "milestoned":
    case "demilestoned":
      return { milestone: { title: happened.title } };
    case "renamed":
      return { rename: { from: happened.from, to: happened.to } };
    case "review_requested":
    case "review_request_removed":
      return {
        review_requester: presentAccount(forge, actor),
        requested_reviewer: presentAccount(forge, happened.reviewer),
      };
    case "locked":
      return { lock_reason: issue.lockReason };
    case "closed":
    case "reopened":
    case "unlocked":
    case "ready_for_review":
    case "convert_to_draft":
    case "merged":
    case "head_ref_deleted":
    case "head_ref_restored":
    case "head_ref_force_pushed":
    case "added_to_merge_queue":
    case "removed_from_merge_queue":
    case "committed":
      return {};
  }
}
