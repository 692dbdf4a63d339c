import {
  closeIssue,
  editIssue,
  openIssue,
  reopenIssue,
  setAssignees,
  setLabels,
  setMilestone,
} from "../../../actions/issues.ts";
import { createLabel } from "../../../actions/labels.ts";
import { roleOf } from "../../../identity/access.ts";
import type { Account } from "../../../model/account.ts";
import type { Issue } from "../../../model/issue.ts";
import type { Label, Milestone, Repository } from "../../../model/repository.ts";
import { actorOf, type Context } from "../../context.ts";
import { canWrite, needToEdit, permissionsFor, requireWrite } from "../../permissions.ts";
import { Problem } from "../../problem.ts";
import { findConversation, findTarget, findTargets } from "../find-target.ts";

/** What belongs to those who keep the repository: labels, assignees and milestones. */
export function requireTriage(context: Context, issue: Issue, mutation: string): void {
  const permissions = permissionsFor(issue).map((name) => [name, "write"] as const);
  requireWrite(context, issue.repository, { mutation, role: "triage", permissions });
}

/** What its author may as well as those who keep the repository. */
export function requireAuthor(context: Context, issue: Issue, mutation: string): void {
  const permissions = permissionsFor(issue).map((name) => [name, "write"] as const);
  if (canWrite(context, issue.repository, { role: "triage", permissions })) return;
  requireWrite(context, issue.repository, { mutation, ...needToEdit(context, issue.author, ...permissionsFor(issue)) });
}

interface Wishes {
  readonly labelIds?: readonly string[] | null;
  readonly assigneeIds?: readonly string[] | null;
  readonly milestoneId?: string | null;
}

interface Attachments {
  readonly labels: Label[] | null;
  readonly assignees: Account[] | null;
  /** Undefined leaves it. */
  readonly milestone: Milestone | null | undefined;
}

/** Finds what ids name; null for what was not given. */
export async function readWishes(context: Context, repository: Repository, wishes: Wishes): Promise<Attachments> {
  const { labelIds, assigneeIds, milestoneId } = wishes;
  const labels = labelIds ? await findTargets(context, labelIds, "Label") : null;
  const assignees = assigneeIds ? await findTargets(context, assigneeIds, "User") : null;
  const milestone =
    typeof milestoneId === "string" ? (await findTarget(context, milestoneId, ["Milestone"])).value : milestoneId;
  const stranger = [...(labels ?? []), ...(milestone ? [milestone] : [])].find((one) => one.repository !== repository);
  if (stranger !== undefined) throw new Problem("UNPROCESSABLE", "A label or milestone is of another repository.");
  for (const account of assignees ?? []) requireAssignable(repository, account);
  return { labels, assignees, milestone };
}

function requireAssignable(repository: Repository, account: Account): void {
  if (roleOf(account, repository) !== "none") return;
  throw new Problem("UNPROCESSABLE", `Could not assign ${account.login}: no access to the repository.`);
}

export async function applyWishes(
  context: Context,
  issue: Issue,
  { labels, assignees, milestone }: Attachments,
): Promise<void> {
  const { forge } = context;
  const actor = actorOf(context);
  if (labels !== null) await setLabels(forge, { issue, labels }, actor);
  if (assignees !== null) await setAssignees(forge, { issue, assignees }, actor);
  if (milestone !== undefined) await setMilestone(forge, { issue, milestone }, actor);
}

/** GitHub takes these from nobody who may not keep the repository. */
export function asksForMore({ labelIds, assigneeIds, milestoneId }: Wishes): boolean {
  return Boolean(labelIds) || Boolean(assigneeIds) || milestoneId !== undefined;
}

interface CreateIssueInput extends Wishes {
  readonly repositoryId: string;
  readonly title: string;
  readonly body?: string | null;
}

interface UpdateIssueInput extends Wishes {
  readonly id: string;
  readonly title?: string | null;
  readonly body?: string | null;
  readonly state?: "OPEN" | "CLOSED" | null;
}

interface LabelsInput {
  readonly labelableId: string;
  readonly labelIds: readonly string[];
}

interface AssigneesInput {
  readonly assignableId: string;
  readonly assigneeIds: readonly string[];
}

export const issueMutations = {
  createIssue: async (context: Context, input: CreateIssueInput) => {
    const { value: repository } = await findTarget(context, input.repositoryId, ["Repository"]);
    const { title, body = null } = input;
    requireWrite(context, repository, { mutation: "createIssue", role: "read", permissions: [["issues", "write"]] });
    const { labels, assignees, milestone } = await readWishes(context, repository, input);
    // From others they are taken and forgotten, as on GitHub.
    const keeps = canWrite(context, repository, { role: "triage", permissions: [["issues", "write"]] });
    const wanted = keeps ? { labels: labels ?? [], assignees: assignees ?? [], milestone: milestone ?? null } : {};
    return { issue: await openIssue(context.forge, { repository, title, body, ...wanted }, actorOf(context)) };
  },
  updateIssue: async (context: Context, input: UpdateIssueInput) => {
    const { value: issue } = await findTarget(context, input.id, ["Issue"]);
    const { title, body, state } = input;
    requireAuthor(context, issue, "updateIssue");
    if (asksForMore(input)) requireTriage(context, issue, "updateIssue");
    const wishes = await readWishes(context, issue.repository, input);
    const actor = actorOf(context);
    await editIssue(context.forge, { issue, ...given({ title, body }) }, actor);
    await applyWishes(context, issue, wishes);
    if (state === "CLOSED") await closeIssue(context.forge, { issue }, actor);
    if (state === "OPEN") await reopenIssue(context.forge, issue, actor);
    return { issue, actor: actor.account };
  },
  closeIssue: async (context: Context, { issueId, stateReason }: { issueId: string; stateReason?: string | null }) => {
    const { value: issue } = await findTarget(context, issueId, ["Issue"]);
    requireAuthor(context, issue, "closeIssue");
    const reason =
      stateReason === "NOT_PLANNED" ? "not_planned" : stateReason === "DUPLICATE" ? "duplicate" : "completed";
    await closeIssue(context.forge, { issue, reason }, actorOf(context));
    return { issue };
  },
  reopenIssue: async (context: Context, { issueId }: { issueId: string }) => {
    const { value: issue } = await findTarget(context, issueId, ["Issue"]);
    requireAuthor(context, issue, "reopenIssue");
    await reopenIssue(context.forge, issue, actorOf(context));
    return { issue };
  },
  addLabelsToLabelable: async (context: Context, { labelableId, labelIds }: LabelsInput) => {
    const issue = await findConversation(context, labelableId);
    requireTriage(context, issue, "addLabelsToLabelable");
    const { labels } = await readWishes(context, issue.repository, { labelIds });
    await setLabels(
      context.forge,
      { issue, labels: [...new Set([...issue.labels, ...(labels ?? [])])] },
      actorOf(context),
    );
    return { labelable: issue.pull ?? issue };
  },
  removeLabelsFromLabelable: async (context: Context, { labelableId, labelIds }: LabelsInput) => {
    const issue = await findConversation(context, labelableId);
    requireTriage(context, issue, "removeLabelsFromLabelable");
    const { labels } = await readWishes(context, issue.repository, { labelIds });
    await setLabels(
      context.forge,
      { issue, labels: issue.labels.filter((label) => !labels?.includes(label)) },
      actorOf(context),
    );
    return { labelable: issue.pull ?? issue };
  },
  createLabel: async (
    context: Context,
    {
      repositoryId,
      name,
      color,
      description,
    }: { repositoryId: string; name: string; color: string; description?: string | null },
  ) => {
    const { value: repository } = await findTarget(context, repositoryId, ["Repository"]);
    const permissions = [["issues", "write"] as const, ["pull_requests", "write"] as const];
    requireWrite(context, repository, { mutation: "createLabel", role: "write", permissions });
    return {
      label: await createLabel(
        context.forge,
        { repository, name, color, description: description ?? null },
        actorOf(context),
      ),
    };
  },
  addAssigneesToAssignable: async (context: Context, { assignableId, assigneeIds }: AssigneesInput) => {
    const issue = await findConversation(context, assignableId);
    requireTriage(context, issue, "addAssigneesToAssignable");
    const { assignees } = await readWishes(context, issue.repository, { assigneeIds });
    await setAssignees(
      context.forge,
      { issue, assignees: [...issue.assignees, ...(assignees ?? [])] },
      actorOf(context),
    );
    return { assignable: issue.pull ?? issue };
  },
  removeAssigneesFromAssignable: async (context: Context, { assignableId, assigneeIds }: AssigneesInput) => {
    const issue = await findConversation(context, assignableId);
    requireTriage(context, issue, "removeAssigneesFromAssignable");
    const gone = await findTargets(context, assigneeIds, "User");
    await setAssignees(
      context.forge,
      { issue, assignees: issue.assignees.filter((account) => !gone.includes(account)) },
      actorOf(context),
    );
    return { assignable: issue.pull ?? issue };
  },
};

interface Texts {
  readonly title?: string | null | undefined;
  readonly body?: string | null | undefined;
}

/** Only what was given, and is not null. */
export function given({ title, body }: Texts): { title?: string; body?: string } {
  return { ...(typeof title === "string" ? { title } : {}), ...(typeof body === "string" ? { body } : {}) };
}
