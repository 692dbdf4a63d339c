import { membersOf } from "../../actions/accounts.ts";
import {
  closeIssue,
  editIssue,
  openIssue,
  reopenIssue,
  setAssignees,
  setLabels,
  setLock,
  setMilestone,
} from "../../actions/issues.ts";
import { findLabel, findOrCreateLabels } from "../../actions/labels.ts";
import { type Forge, gitDirectory } from "../../forge.ts";
import { type GitCommit, readCommits } from "../../git/commits.ts";
import { canSee, isAtLeast, roleOf } from "../../identity/access.ts";
import type { Account } from "../../model/account.ts";
import type { Issue, IssueEvent } from "../../model/issue.ts";
import type { Milestone, Repository } from "../../model/repository.ts";
import { findAccount } from "../../model/state.ts";
import { presentAccount } from "../../present/account.ts";
import { presentGitCommit } from "../../present/commit.ts";
import { presentComment, presentIssue, presentIssueEvent, presentIssueInFull } from "../../present/issue.ts";
import { presentReview } from "../../present/pull.ts";
import { presentLabel } from "../../present/repository.ts";
import { invalid, notFound, Refusal } from "../../refusal.ts";
import { actorOf, created, done, inRepository, type Operation, ok, paged, toRead, toWrite } from "../operation.ts";
import { findIssues } from "./find-issues.ts";
import { requireAuthorOrWriter } from "./pulls.ts";

const toReadIssues = toRead("issues", "pull_requests");
const toTriage = toWrite("triage", "issues", "pull_requests");
/** Whoever can read may open issues, and change their own. */
const toTakePart = toWrite("read", "issues", "pull_requests");

export const issueOperations: readonly Operation[] = [
  inRepository("issues/list-for-repo", toReadIssues, (request) => {
    const { forge, repository } = request;
    return paged(request, findIssues(repository, request.parameters), (issue) => presentIssue(forge, issue));
  }),
  inRepository("issues/create", toWrite("read", "issues"), async (request) => {
    const { forge, repository, body, caller } = request;
    const actor = actorOf(request);
    // Labels, assignees and a milestone of somebody who may not set them are left out, as GitHub does.
    const maySort = caller.kind === "installation" || isAtLeast(roleOf(actor.account, repository), "triage");
    const names = body.labels?.map((label) => (typeof label === "string" ? label : (label.name ?? ""))) ?? [];
    const logins = loginsOf([...(body.assignees ?? []), ...(body.assignee ? [body.assignee] : [])]);
    const issue = await openIssue(
      forge,
      {
        repository,
        title: String(body.title),
        body: body.body ?? null,
        labels: maySort ? await findOrCreateLabels(forge, { repository, names }, actor) : [],
        assignees: maySort ? findAssignees(forge, repository, logins) : [],
        milestone: maySort ? findMilestone(repository, body.milestone) : null,
      },
      actor,
    );
    return created(presentIssueInFull(forge, issue));
  }),
  inRepository("issues/get", toReadIssues, ({ forge, repository, parameters }) => {
    return ok(presentIssueInFull(forge, requireIssue(repository, parameters.issue_number)));
  }),
  inRepository("issues/update", toTakePart, async (request) => {
    const { forge, repository, parameters, body, caller } = request;
    const issue = requireIssue(repository, parameters.issue_number);
    const actor = actorOf(request);
    const sorts = [body.labels, body.assignees, body.assignee, body.milestone].some((value) => value !== undefined);
    if (sorts && caller.kind === "user") requireTriage(caller.account, repository);
    else requireAuthorOrWriter(caller, repository, issue.author);
    const title = body.title === undefined || body.title === null ? {} : { title: String(body.title) };
    const text = body.body === undefined ? {} : { body: body.body };
    await editIssue(forge, { issue, ...title, ...text }, actor);
    if (body.labels !== undefined) {
      const names = body.labels.map((label) => (typeof label === "string" ? label : (label.name ?? "")));
      await setLabels(forge, { issue, labels: await findOrCreateLabels(forge, { repository, names }, actor) }, actor);
    }
    const logins =
      body.assignees ?? (body.assignee === undefined ? undefined : body.assignee === null ? [] : [body.assignee]);
    if (logins !== undefined)
      await setAssignees(forge, { issue, assignees: findAssignees(forge, repository, loginsOf(logins)) }, actor);
    if (body.milestone !== undefined) {
      await setMilestone(forge, { issue, milestone: findMilestone(repository, body.milestone) }, actor);
    }
    if (body.state === "open") await reopenIssue(forge, issue, actor);
    if (body.state === "closed") {
      const { state_reason: reason } = body;
      await closeIssue(forge, { issue, reason: reason === "reopened" || !reason ? "completed" : reason }, actor);
    }
    return ok(presentIssueInFull(forge, issue));
  }),
  inRepository("issues/lock", toTriage, async (request) => {
    const { forge, repository, parameters, body } = request;
    const issue = requireIssue(repository, parameters.issue_number);
    await setLock(forge, { issue, locked: true, reason: body?.lock_reason ?? null }, actorOf(request));
    return done();
  }),
  inRepository("issues/unlock", toTriage, async (request) => {
    const issue = requireIssue(request.repository, request.parameters.issue_number);
    await setLock(request.forge, { issue, locked: false }, actorOf(request));
    return done();
  }),
  inRepository("issues/list-labels-on-issue", toReadIssues, (request) => {
    const { labels } = requireIssue(request.repository, request.parameters.issue_number);
    return paged(request, labels, (label) => presentLabel(request.forge, label));
  }),
  inRepository("issues/add-labels", toTriage, async (request) => {
    const { forge, repository, parameters, body } = request;
    const issue = requireIssue(repository, parameters.issue_number);
    const actor = actorOf(request);
    const added = await findOrCreateLabels(forge, { repository, names: labelNames(body) }, actor);
    await setLabels(forge, { issue, labels: [...new Set([...issue.labels, ...added])] }, actor);
    return ok(issue.labels.map((label) => presentLabel(forge, label)));
  }),
  inRepository("issues/set-labels", toTriage, async (request) => {
    const { forge, repository, parameters, body } = request;
    const issue = requireIssue(repository, parameters.issue_number);
    const actor = actorOf(request);
    await setLabels(
      forge,
      { issue, labels: await findOrCreateLabels(forge, { repository, names: labelNames(body) }, actor) },
      actor,
    );
    return ok(issue.labels.map((label) => presentLabel(forge, label)));
  }),
  inRepository("issues/remove-all-labels", toTriage, async (request) => {
    const issue = requireIssue(request.repository, request.parameters.issue_number);
    await setLabels(request.forge, { issue, labels: [] }, actorOf(request));
    return done();
  }),
  inRepository("issues/remove-label", toTriage, async (request) => {
    const { forge, repository, parameters } = request;
    const issue = requireIssue(repository, parameters.issue_number);
    const label = findLabel(repository, parameters.name);
    if (label === null || !issue.labels.includes(label)) throw new Refusal(404, "Label does not exist");
    await setLabels(forge, { issue, labels: issue.labels.filter((other) => other !== label) }, actorOf(request));
    return ok(issue.labels.map((other) => presentLabel(forge, other)));
  }),
  inRepository("issues/list-assignees", toReadIssues, (request) => {
    const { forge, repository } = request;
    const assignable = [...forge.state.accounts.values()].filter((account) => isAssignable(account, repository));
    return paged(request, assignable, (account) => presentAccount(forge, account));
  }),
  inRepository("issues/check-user-can-be-assigned", toReadIssues, ({ forge, repository, parameters }) => {
    const account = findAccount(forge.state, parameters.assignee);
    if (account === null || !isAssignable(account, repository)) throw notFound();
    return done();
  }),
  inRepository("issues/add-assignees", toTriage, async (request) => {
    const { forge, repository, parameters, body } = request;
    const issue = requireIssue(repository, parameters.issue_number);
    const added = findAssignees(forge, repository, loginsOf(body?.assignees ?? []));
    await setAssignees(forge, { issue, assignees: [...issue.assignees, ...added] }, actorOf(request));
    return created(presentIssue(forge, issue));
  }),
  inRepository("issues/remove-assignees", toTriage, async (request) => {
    const { forge, repository, parameters, body } = request;
    const issue = requireIssue(repository, parameters.issue_number);
    const removed = new Set(loginsOf(body?.assignees ?? []).map((login) => findAccount(forge.state, login)));
    const assignees = issue.assignees.filter((account) => !removed.has(account));
    await setAssignees(forge, { issue, assignees }, actorOf(request));
    return ok(presentIssue(forge, issue));
  }),
  inRepository("issues/list-events", toReadIssues, (request) => {
    const { events } = requireIssue(request.repository, request.parameters.issue_number);
    const listed = events.filter(({ happened }) => happened.kind !== "committed");
    return paged(request, listed, (event) => presentIssueEvent(request.forge, event));
  }),
  inRepository("issues/list-events-for-repo", toReadIssues, (request) => {
    const { forge, repository } = request;
    const events = [...repository.issues.values()].flatMap((issue) => issue.events);
    const listed = events
      .filter(({ happened }) => happened.kind !== "committed")
      .toSorted((one, other) => other.id - one.id);
    return paged(request, listed, (event) => ({
      ...presentIssueEvent(forge, event),
      issue: presentIssue(forge, event.issue),
    }));
  }),
  inRepository("issues/list-events-for-timeline", toReadIssues, async (request) => {
    const { forge, repository, parameters } = request;
    return paged(request, await timelineOf(forge, requireIssue(repository, parameters.issue_number)), (entry) => entry);
  }),
];

/** All that was said and done, oldest first, in the forms that GitHub's timeline gives to each. */
async function timelineOf(forge: Forge, issue: Issue): Promise<object[]> {
  const reviews = issue.pull?.reviews.filter(({ submittedAt }) => submittedAt !== null) ?? [];
  const shas = issue.events.flatMap(({ happened }) => (happened.kind === "committed" ? happened.commits : []));
  const commits = await readCommits(gitDirectory(forge, issue.repository), shas);
  const bySha = new Map(commits.flatMap((commit) => (commit === null ? [] : [[commit.sha, commit]])));
  const entries = [
    ...issue.comments.map((comment) => ({
      at: comment.createdAt,
      shown: [{ ...presentComment(forge, comment), event: "commented", actor: presentAccount(forge, comment.author) }],
    })),
    ...reviews.map((review) => ({
      at: review.submittedAt ?? review.createdAt,
      shown: [{ ...presentReview(forge, review), state: review.state.toLowerCase(), event: "reviewed" }],
    })),
    ...issue.events.map((event) => ({ at: event.createdAt, shown: presentInTimeline(forge, event, bySha) })),
  ];
  return entries.toSorted((one, other) => one.at.getTime() - other.at.getTime()).flatMap(({ shown }) => shown);
}

function presentInTimeline(forge: Forge, event: IssueEvent, commits: ReadonlyMap<string, GitCommit>): object[] {
  const { happened, issue } = event;
  if (happened.kind === "assigned" || happened.kind === "unassigned") {
    // Other than in the list of events, nobody is told here who did it twice over.
    const { assigner: _, ...shown } = { assigner: null, ...presentIssueEvent(forge, event) };
    return [shown];
  }
  if (happened.kind !== "committed") return [presentIssueEvent(forge, event)];
  return happened.commits.flatMap((sha) => {
    const commit = commits.get(sha);
    return commit === undefined ? [] : { ...presentGitCommit(forge, issue.repository, commit), event: "committed" };
  });
}

export function requireIssue(repository: Repository, number: number): Issue {
  const issue = repository.issues.get(number);
  if (issue === undefined) throw notFound();
  return issue;
}

function requireTriage(account: Account, repository: Repository): void {
  if (!isAtLeast(roleOf(account, repository), "triage"))
    throw new Refusal(403, "Must have triage access to repository");
}

function findMilestone(repository: Repository, number: string | number | null | undefined): Milestone | null {
  if (number === null || number === undefined) return null;
  const milestone = repository.milestones.find((one) => one.number === Number(number));
  if (milestone === undefined) throw invalid({ resource: "Issue", field: "milestone", code: "invalid" });
  return milestone;
}

/** Whom GitHub lets be assigned: whoever may triage, and it leaves out the others without a word. */
function findAssignees({ state }: Forge, repository: Repository, logins: readonly string[]): Account[] {
  return logins.flatMap((login) => {
    const account = findAccount(state, login);
    return account !== null && isAssignable(account, repository) ? account : [];
  });
}

function isAssignable(account: Account, repository: Repository): boolean {
  if (account.type !== "User" || account.deleted) return false;
  const isPart = membersOf(repository.owner).has(account) || repository.collaborators.has(account);
  return repository.owner === account || (isPart && canSee({ kind: "user", account }, repository));
}

/** People come as logins, or as objects with one. */
function loginsOf(people: readonly (string | { login?: string })[]): string[] {
  return people.map((person) => (typeof person === "string" ? person : (person.login ?? "")));
}

/** Labels come as names, as objects with a name, as a list or inside an object. */
function labelNames(body: unknown): string[] {
  const list = typeof body === "object" && body !== null && "labels" in body ? body.labels : body;
  const items: unknown[] = Array.isArray(list) ? list : [list];
  return items.flatMap((item) => {
    if (typeof item === "string") return item;
    return typeof item === "object" && item !== null && "name" in item && typeof item.name === "string"
      ? item.name
      : [];
  });
}
