import type { App } from "../../model/app.ts";
import type { CheckRun, CheckSuite } from "../../model/repository.ts";
import { time, timeOrNull } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import type { CommitObject } from "../git-objects.ts";
import { toCommit, toRef } from "./git-nodes.ts";
import { type PullFilter, pullsAmong } from "./issue-lists.ts";
import { enumOf, pathOf, repositoryPage } from "./shown.ts";

export const app: Fields<App> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  slug: ({ slug }) => slug,
  description: ({ description }) => description,
  clientId: ({ clientId }) => clientId,
  url: ({ slug }, _args, { forge }) => `${forge.web}/apps/${slug}`,
  logoUrl: ({ bot }, _args: { size?: number | null }, { forge }) => `${forge.web}/avatars/${bot.id}`,
  logoBackgroundColor: () => "ffffff",
  createdAt: ({ createdAt }) => time(createdAt),
  updatedAt: ({ updatedAt }) => time(updatedAt),
};

/** The worst first: what the suite as a whole comes to once all its runs are over. */
const conclusions = [
  "action_required",
  "timed_out",
  "cancelled",
  "failure",
  "stale",
  "success",
  "neutral",
  "skipped",
] as const;

function conclusionOf({ runs }: CheckSuite): string | null {
  if (statusOf({ runs }) !== "COMPLETED") return null;
  return enumOf(conclusions.find((conclusion) => runs.some((run) => run.conclusion === conclusion)) ?? null);
}

function statusOf({ runs }: Pick<CheckSuite, "runs">): string {
  if (runs.every(({ status }) => status === "queued")) return "QUEUED";
  return runs.every(({ status }) => status === "completed") ? "COMPLETED" : "IN_PROGRESS";
}

function suitePage(context: Context, { repository, commit, id }: CheckSuite): string {
  return `${repositoryPage(context, repository)}/commit/${commit}/checks?check_suite_id=${id}`;
}

export const checkSuite: Fields<CheckSuite> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  app: ({ appId }, _args, { forge }) => forge.state.apps.get(appId) ?? null,
  branch: ({ repository, branch }, _args, context) =>
    branch === null ? null : toRef(context, repository, `refs/heads/${branch}`),
  commit: ({ repository, commit }, _args, context) => toCommit(context, repository, commit),
  repository: ({ repository }) => repository,
  status: (suite) => statusOf(suite),
  conclusion: (suite) => conclusionOf(suite),
  createdAt: ({ createdAt }) => time(createdAt),
  updatedAt: ({ updatedAt }) => time(updatedAt),
  url: (suite, _args, context) => suitePage(context, suite),
  resourcePath: (suite, _args, context) => pathOf(context, suitePage(context, suite)),
  creator: () => null,
  push: () => null,
  workflowRun: () => null,
  checkRuns: async ({ runs }, args: Paging & { filterBy?: RunFilter | null }, _context, info) => {
    const { filterBy } = args;
    const found = runs.filter(
      ({ name, status, conclusion }) =>
        (!filterBy?.checkName || filterBy.checkName === name) &&
        (!filterBy?.status || filterBy.status === enumOf(status)) &&
        (!filterBy?.conclusions || filterBy.conclusions.includes(enumOf(conclusion ?? ""))),
    );
    return connect(found, args, info);
  },
  matchingPullRequests: async ({ repository, commit }, args: Paging & PullFilter, _context, info) => {
    const found = pullsAmong(repository.issues.values(), args);
    return connect(
      found.filter(({ head }) => head.commit === commit),
      args,
      info,
    );
  },
};

interface RunFilter {
  readonly checkName?: string | null;
  readonly status?: string | null;
  readonly conclusions?: readonly string[] | null;
}

function runPage(context: Context, { suite, id }: CheckRun): string {
  return `${repositoryPage(context, suite.repository)}/runs/${id}`;
}

export const checkRun: Fields<CheckRun> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  status: ({ status }) => enumOf(status),
  conclusion: ({ conclusion }) => enumOf(conclusion),
  startedAt: ({ startedAt }) => time(startedAt),
  completedAt: ({ completedAt }) => timeOrNull(completedAt),
  externalId: ({ externalId }) => externalId,
  title: ({ output }) => output.title,
  summary: ({ output }) => output.summary,
  text: ({ output }) => output.text,
  checkSuite: ({ suite }) => suite,
  repository: ({ suite }) => suite.repository,
  detailsUrl: (run, _args, context) => run.detailsUrl ?? runPage(context, run),
  permalink: (run, _args, context) => runPage(context, run),
  url: (run, _args, context) => runPage(context, run),
  resourcePath: (run, _args, context) => pathOf(context, runPage(context, run)),
  isRequired: (_run, _args: { pullRequestId?: string | null; pullRequestNumber?: number | null }) => false,
  annotations: async (_run, args: Paging, _context, info) => connect([], args, info),
};

interface RollupSource {
  readonly source: CommitObject;
  readonly runs: readonly CheckRun[];
}

export const statusCheckRollup: Fields<RollupSource> = {
  id: ({ source }) => `SCR_kwDO${Buffer.from(source.commit.sha).toString("base64url")}`,
  commit: ({ source }) => source,
  state: ({ runs }) => {
    if (runs.some(({ status }) => status !== "completed")) return "PENDING";
    const isFine = runs.every(
      ({ conclusion }) => conclusion === "success" || conclusion === "neutral" || conclusion === "skipped",
    );
    return isFine ? "SUCCESS" : "FAILURE";
  },
  contexts: async ({ runs }, args: Paging, _context, info) => connect(runs, args, info),
};

export const rateLimit: Fields<Context["rateLimit"]> = {
  limit: ({ limit }) => limit,
  cost: ({ cost }) => cost,
  remaining: ({ remaining }) => remaining,
  resetAt: ({ resetAt }) => resetAt,
  used: ({ used }) => used,
  nodeCount: ({ nodeCount }) => nodeCount,
};
