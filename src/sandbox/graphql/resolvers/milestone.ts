import type { Milestone } from "../../model/repository.ts";
import { time, timeOrNull } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import { requireRead } from "../permissions.ts";
import { type IssueFilter, issuesAmong, type PullFilter, pullsAmong } from "./issue-lists.ts";
import { enumOf, pathOf, personOrNull, repositoryPage } from "./shown.ts";

export const milestone: Fields<Milestone> = {
  id: ({ nodeId }) => nodeId,
  number: ({ number }) => number,
  title: ({ title }) => title,
  description: ({ description }) => description,
  state: ({ state }) => enumOf(state),
  closed: ({ state }) => state === "closed",
  closedAt: ({ closedAt }) => timeOrNull(closedAt),
  createdAt: ({ createdAt }) => time(createdAt),
  updatedAt: ({ updatedAt }) => time(updatedAt),
  dueOn: ({ dueOn }) => timeOrNull(dueOn),
  creator: ({ creator }) => personOrNull(creator),
  repository: (source) => source.repository,
  url: (source, _args, context) => milestonePage(context, source),
  resourcePath: (source, _args, context) => pathOf(context, milestonePage(context, source)),
  progressPercentage: (source) => {
    const all = planned(source);
    return all.length === 0 ? 0 : (100 * all.filter(({ state }) => state === "closed").length) / all.length;
  },
  issues: async (source, args: Paging & IssueFilter, context, info) => {
    requireRead(context, source.repository, "issues");
    return connect(issuesAmong(planned(source), args), args, info);
  },
  pullRequests: async (source, args: Paging & PullFilter, context, info) => {
    requireRead(context, source.repository, "pull_requests");
    return connect(pullsAmong(planned(source), args), args, info);
  },
};

function milestonePage(context: Context, { repository: place, number }: Milestone): string {
  return `${repositoryPage(context, place)}/milestone/${number}`;
}

function planned(source: Milestone) {
  return [...source.repository.issues.values()].filter((issue) => issue.milestone === source);
}
