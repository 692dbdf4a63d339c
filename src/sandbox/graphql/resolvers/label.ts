import type { Label } from "../../model/repository.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import { requireRead } from "../permissions.ts";
import { contains } from "./contains.ts";
import { type IssueFilter, issuesAmong, type PullFilter, pullsAmong } from "./issue-lists.ts";
import type { LabelsArguments } from "./labels-arguments.ts";
import { inOrder } from "./order.ts";
import { pathOf, repositoryPage } from "./shown.ts";

export function labelsAmong(labels: readonly Label[], { query = null, orderBy }: LabelsArguments): Label[] {
  const found = labels.filter(
    ({ name, description }) => query === null || contains(`${name} ${description ?? ""}`, query),
  );
  return inOrder(found, orderBy, {
    NAME: ({ name }) => name.toLowerCase(),
    CREATED_AT: ({ id }) => id,
    ISSUE_COUNT: (label) =>
      label.repository.issues
        .values()
        .filter((issue) => issue.labels.includes(label))
        .toArray().length,
  });
}

export const label: Fields<Label> = {
  id: ({ nodeId }) => nodeId,
  name: ({ name }) => name,
  color: ({ color }) => color,
  description: ({ description }) => description,
  isDefault: (source) => source.default,
  repository: (source) => source.repository,
  url: (source, _args, context) => labelPage(context, source),
  resourcePath: (source, _args, context) => pathOf(context, labelPage(context, source)),
  issues: async (source, args: Paging & IssueFilter, context, info) => {
    requireRead(context, source.repository, "issues");
    return connect(issuesAmong(labelled(source), args), args, info);
  },
  pullRequests: async (source, args: Paging & PullFilter, context, info) => {
    requireRead(context, source.repository, "pull_requests");
    return connect(pullsAmong(labelled(source), args), args, info);
  },
};

function labelPage(context: Context, { repository: place, name }: Label): string {
  return `${repositoryPage(context, place)}/labels/${encodeURIComponent(name)}`;
}

function labelled(source: Label) {
  return [...source.repository.issues.values()].filter(({ labels }) => labels.includes(source));
}
