import type { Actor, Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import type { Issue, IssueHappening } from "../model/issue.ts";
import type { Label, Milestone, Repository } from "../model/repository.ts";
import { nextIdentity } from "../model/state.ts";
import { invalid, Refusal } from "../refusal.ts";
import type { Happening, IssueAction } from "../webhooks/happening.ts";

/** GitHub's limit for the bodies of issues and comments, in characters. */
const longestBody = 65_536;
const longestTitle = 256;

export interface IssueToOpen {
  readonly repository: Repository;
  readonly title: string;
  readonly body: string | null;
  readonly labels?: readonly Label[];
  readonly assignees?: readonly Account[];
  readonly milestone?: Milestone | null;
}

export async function openIssue(forge: Forge, wanted: IssueToOpen, actor: Actor): Promise<Issue> {
  if (!wanted.repository.features.issues) throw new Refusal(410, "Issues are disabled for this repo");
  const issue = addIssue(forge, wanted, actor);
  await announceIssue(forge, issue, { action: "opened", sender: actor.account });
  for (const label of issue.labels)
    await announceIssue(forge, issue, { action: "labeled", label, sender: actor.account });
  for (const assignee of issue.assignees) {
    await announceIssue(forge, issue, { action: "assigned", assignee, sender: actor.account });
  }
  return issue;
}

/** Adds an issue, or the conversation of a pull request that is about to be, and tells nobody yet. */
export function addIssue(forge: Forge, wanted: IssueToOpen, actor: Actor): Issue {
  const { repository, title, body } = wanted;
  requireTitle(title);
  requireBody(body ?? "", "Issue");
  const now = forge.clock();
  const issue: Issue = {
    ...nextIdentity(forge.state, "Issue"),
    repository,
    number: repository.nextIssueNumber++,
    author: actor.account,
    title,
    body,
    edited: null,
    state: "open",
    stateReason: null,
    closedAt: null,
    closedBy: null,
    locked: false,
    lockReason: null,
    labels: [...(wanted.labels ?? [])],
    assignees: [...(wanted.assignees ?? [])],
    milestone: wanted.milestone ?? null,
    comments: [],
    reactions: [],
    events: [],
    pull: null,
    viaAppId: actor.viaAppId,
    createdAt: now,
    updatedAt: now,
  };
  repository.issues.set(issue.number, issue);
  forge.state.nodes.set(issue.nodeId, { type: "Issue", value: issue });
  for (const label of issue.labels) record(forge, issue, actor, { kind: "labeled", label });
  for (const assignee of issue.assignees) record(forge, issue, actor, { kind: "assigned", assignee });
  if (issue.milestone !== null) record(forge, issue, actor, { kind: "milestoned", title: issue.milestone.title });
  return issue;
}

/** Changes title or body. What is not given stays. */
export async function editIssue(
  forge: Forge,
  { issue, title = issue.title, body = issue.body }: { issue: Issue; title?: string; body?: string | null },
  actor: Actor,
): Promise<void> {
  requireTitle(title);
  requireBody(body ?? "", "Issue");
  if (title === issue.title && body === issue.body) return;
  const changes = {
    ...(title === issue.title ? {} : { title: { from: issue.title } }),
    ...(body === issue.body ? {} : { body: { from: issue.body ?? "" } }),
  };
  if (title !== issue.title) record(forge, issue, actor, { kind: "renamed", from: issue.title, to: title });
  const now = forge.clock();
  if (body !== issue.body) issue.edited = { at: now, by: actor.account };
  Object.assign(issue, { title, body, updatedAt: now });
  await announceIssue(forge, issue, { action: "edited", changes, sender: actor.account });
}

export interface Closing {
  readonly issue: Issue;
  readonly reason?: "completed" | "not_planned" | "duplicate";
  /** What closed it, where nobody did by hand. */
  readonly commit?: string | null;
  readonly by?: Issue | null;
}

/** Closes an issue, or a pull request without merging it. */
export async function closeIssue(forge: Forge, closing: Closing, actor: Actor): Promise<void> {
  const { issue, reason = "completed", commit = null, by = null } = closing;
  if (issue.state === "closed") return;
  const now = forge.clock();
  const stateReason = issue.pull === null ? reason : null;
  Object.assign(issue, { state: "closed", stateReason, closedAt: now, closedBy: actor.account, updatedAt: now });
  record(forge, issue, actor, { kind: "closed", commit, by });
  await announceIssue(forge, issue, { action: "closed", sender: actor.account });
}

export async function reopenIssue(forge: Forge, issue: Issue, actor: Actor): Promise<void> {
  if (issue.state === "open") return;
  if (issue.pull?.merged) {
    throw invalid({
      resource: "PullRequest",
      field: "state",
      code: "custom",
      message: "state cannot be changed. The pull request cannot be reopened.",
    });
  }
  const stateReason = issue.pull === null ? "reopened" : null;
  Object.assign(issue, { state: "open", stateReason, closedAt: null, closedBy: null, updatedAt: forge.clock() });
  record(forge, issue, actor, { kind: "reopened" });
  await announceIssue(forge, issue, { action: "reopened", sender: actor.account });
}

/** Makes these the issue's labels, and tells of each that came or went. */
export async function setLabels(
  forge: Forge,
  { issue, labels }: { issue: Issue; labels: readonly Label[] },
  actor: Actor,
): Promise<void> {
  const before = issue.labels;
  issue.labels = [...labels];
  for (const label of before.filter((other) => !labels.includes(other))) {
    record(forge, issue, actor, { kind: "unlabeled", label });
    await announceIssue(forge, issue, { action: "unlabeled", label, sender: actor.account });
  }
  for (const label of labels.filter((other) => !before.includes(other))) {
    record(forge, issue, actor, { kind: "labeled", label });
    await announceIssue(forge, issue, { action: "labeled", label, sender: actor.account });
  }
}

export async function setAssignees(
  forge: Forge,
  { issue, assignees }: { issue: Issue; assignees: readonly Account[] },
  actor: Actor,
): Promise<void> {
  const before = issue.assignees;
  issue.assignees = [...new Set(assignees)];
  for (const assignee of before.filter((other) => !assignees.includes(other))) {
    record(forge, issue, actor, { kind: "unassigned", assignee });
    await announceIssue(forge, issue, { action: "unassigned", assignee, sender: actor.account });
  }
  for (const assignee of issue.assignees.filter((other) => !before.includes(other))) {
    record(forge, issue, actor, { kind: "assigned", assignee });
    await announceIssue(forge, issue, { action: "assigned", assignee, sender: actor.account });
  }
}

export async function setMilestone(
  forge: Forge,
  { issue, milestone }: { issue: Issue; milestone: Milestone | null },
  actor: Actor,
): Promise<void> {
  const before = issue.milestone;
  if (before === milestone) return;
  issue.milestone = milestone;
  if (before !== null) {
    record(forge, issue, actor, { kind: "demilestoned", title: before.title });
    await announceIssue(forge, issue, { action: "demilestoned", milestone: before, sender: actor.account });
  }
  if (milestone !== null) {
    record(forge, issue, actor, { kind: "milestoned", title: milestone.title });
    await announceIssue(forge, issue, { action: "milestoned", milestone, sender: actor.account });
  }
}

export async function setLock(
  forge: Forge,
  { issue, locked, reason = null }: { issue: Issue; locked: boolean; reason?: Issue["lockReason"] },
  actor: Actor,
): Promise<void> {
  if (issue.locked === locked) return;
  Object.assign(issue, { locked, lockReason: locked ? reason : null, updatedAt: forge.clock() });
  record(forge, issue, actor, { kind: locked ? "locked" : "unlocked" });
  await announceIssue(forge, issue, { action: locked ? "locked" : "unlocked", sender: actor.account });
}

/** Writes down what happened, for the timeline. */
export function record(forge: Forge, issue: Issue, actor: Actor, happened: IssueHappening): void {
  const now = forge.clock();
  const event = { ...nextIdentity(forge.state, "IssueEvent"), issue, actor: actor.account, createdAt: now, happened };
  issue.events.push(event);
  issue.updatedAt = now;
  forge.state.nodes.set(event.nodeId, { type: "IssueEvent", value: event });
}

type IssueDetails = Pick<
  Extract<Happening, { event: "issues" }>,
  "changes" | "label" | "assignee" | "milestone" | "sender"
>;

/** Tells of something that issues and pull requests have in common, as the event that fits. */
export async function announceIssue(
  forge: Forge,
  issue: Issue,
  { action, ...details }: IssueDetails & { readonly action: Exclude<IssueAction, "deleted"> },
): Promise<void> {
  if (issue.pull === null) return forge.announce({ event: "issues", action, issue, ...details });
  return forge.announce({ event: "pull_request", action, pull: issue.pull, ...details });
}

export function requireBody(body: string, resource: string): void {
  if (body.length <= longestBody) return;
  const message = `body is too long (maximum is ${longestBody} characters)`;
  throw invalid({ resource, field: "body", code: "custom", message });
}

function requireTitle(title: string): void {
  if (title.trim() === "") throw invalid({ resource: "Issue", field: "title", code: "missing_field" });
  if (title.length <= longestTitle) return;
  const message = `title is too long (maximum is ${longestTitle} characters)`;
  throw invalid({ resource: "Issue", field: "title", code: "custom", message });
}
