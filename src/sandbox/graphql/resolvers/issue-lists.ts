import type { Account } from "../../model/account.ts";
import type { Issue, PullRequest } from "../../model/issue.ts";
import { Problem } from "../problem.ts";
import { inOrder, type Order, readTime } from "./order.ts";

export interface IssueFilter {
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly orderBy?: Order | null;
  readonly filterBy?: IssueFilterBy | null;
}

interface IssueFilterBy {
  readonly [name: string]: unknown;
  readonly assignee?: string | null;
  readonly createdBy?: string | null;
  readonly labels?: readonly string[] | null;
  readonly milestone?: string | null;
  readonly since?: string | null;
  readonly states?: readonly string[] | null;
}

export interface PullFilter {
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly baseRefName?: string | null;
  readonly headRefName?: string | null;
  readonly orderBy?: Order | null;
}

export function issuesAmong(issues: Iterable<Issue>, { states, labels, orderBy, filterBy }: IssueFilter): Issue[] {
  const found = [...issues].filter(
    (issue) => issue.pull === null && hasState(issue, states) && hasLabel(issue, labels) && passes(issue, filterBy),
  );
  return inOrder(found, orderBy, orders);
}

export function pullsAmong(
  issues: Iterable<Issue>,
  { states, labels, baseRefName, headRefName, orderBy }: PullFilter,
): PullRequest[] {
  const found = [...issues].filter(
    (issue) =>
      issue.pull !== null &&
      hasState(issue, states) &&
      hasLabel(issue, labels) &&
      isOneOf(issue.pull.base.branch, baseRefName) &&
      isOneOf(issue.pull.head.branch, headRefName),
  );
  return inOrder(found, orderBy, orders).flatMap(({ pull }) => pull ?? []);
}

const orders = {
  CREATED_AT: ({ createdAt }: Issue) => createdAt,
  UPDATED_AT: ({ updatedAt }: Issue) => updatedAt,
  COMMENTS: ({ comments }: Issue) => comments.length,
};

/** Merged stands beside open and closed in pull requests. */
export function stateOf({ state, pull }: Issue): "OPEN" | "CLOSED" | "MERGED" {
  if (pull?.merged) return "MERGED";
  return state === "open" ? "OPEN" : "CLOSED";
}

function hasState(issue: Issue, states: readonly string[] | null | undefined): boolean {
  return !states || states.length === 0 || states.includes(stateOf(issue));
}

function hasLabel({ labels }: Issue, names: readonly string[] | null | undefined): boolean {
  if (!names) return true;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return labels.some(({ name }) => wanted.has(name.toLowerCase()));
}

function isOneOf(branch: string, wanted: string | null | undefined): boolean {
  return wanted === null || wanted === undefined || branch === wanted;
}

const known = new Set(["assignee", "createdBy", "labels", "milestone", "since", "states", "viewerSubscribed"]);

function passes(issue: Issue, filter: IssueFilterBy | null | undefined): boolean {
  if (!filter) return true;
  const other = Object.keys(filter).find((name) => !known.has(name));
  if (other !== undefined) throw new Problem("NOT_IMPLEMENTED", `No support for the filter ${other} of issues`);
  const since = readTime(filter.since);
  return (
    hasState(issue, filter.states) &&
    hasLabel(issue, filter.labels) &&
    (since === undefined || issue.updatedAt >= since) &&
    matches(issue.assignees, filter.assignee) &&
    matches([issue.author], filter.createdBy) &&
    (filter.milestone === undefined ||
      (filter.milestone === "*"
        ? issue.milestone !== null
        : String(issue.milestone?.number ?? null) === String(filter.milestone)))
  );
}

/** By login; `*` stands for anybody, and null for nobody. */
function matches(accounts: readonly Account[], login: string | null | undefined): boolean {
  if (login === undefined) return true;
  if (login === null) return accounts.length === 0;
  return login === "*"
    ? accounts.length > 0
    : accounts.some((account) => account.login.toLowerCase() === login.toLowerCase());
}
