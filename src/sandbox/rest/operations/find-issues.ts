import type { Account } from "../../model/account.ts";
import type { Issue } from "../../model/issue.ts";
import type { Repository } from "../../model/repository.ts";

interface IssueFilter {
  state?: "open" | "closed" | "all";
  labels?: string | undefined;
  creator?: string;
  assignee?: string;
  milestone?: string;
  since?: string | undefined;
  sort?: "created" | "updated" | "comments";
  direction?: "asc" | "desc" | undefined;
}

/** The issues and pull requests that a filter is about, in its order. */
export function findIssues(repository: Repository, filter: IssueFilter): Issue[] {
  const { state = "open", sort = "created", direction = "desc" } = filter;
  const labels = filter.labels?.split(",").map((name) => name.trim().toLowerCase()) ?? [];
  const since = filter.since === undefined ? 0 : Date.parse(filter.since);
  const found = [...repository.issues.values()].filter((issue) => {
    const { creator, assignee, milestone } = filter;
    if (state !== "all" && issue.state !== state) return false;
    if (issue.updatedAt.getTime() < since) return false;
    if (creator !== undefined && !is(issue.author, creator)) return false;
    if (assignee === "none" && issue.assignees.length > 0) return false;
    if (assignee === "*" && issue.assignees.length === 0) return false;
    if (
      assignee !== undefined &&
      !["none", "*"].includes(assignee) &&
      !issue.assignees.some((one) => is(one, assignee))
    )
      return false;
    if (milestone === "none" && issue.milestone !== null) return false;
    if (milestone === "*" && issue.milestone === null) return false;
    if (milestone !== undefined && !["none", "*"].includes(milestone) && String(issue.milestone?.number) !== milestone)
      return false;
    const names = new Set(issue.labels.map(({ name }) => name.toLowerCase()));
    return labels.every((name) => names.has(name));
  });
  const order = direction === "asc" ? 1 : -1;
  const key = (issue: Issue): number =>
    sort === "comments" ? issue.comments.length : sort === "updated" ? issue.updatedAt.getTime() : issue.number;
  return found.toSorted((one, other) => order * (key(one) - key(other)) || order * (one.number - other.number));
}

function is(account: Account, login: string): boolean {
  return account.login.toLowerCase() === login.toLowerCase();
}
