import type { Context, Hono } from "hono";
import type { Issue } from "../model/issue.ts";
import type { Milestone, Repository } from "../model/repository.ts";
import { notFound } from "../refusal.ts";
import { summarizeIssue, viewLabel } from "./issue-view.ts";
import { pageNumber, pageSize, paginate } from "./pagination.ts";
import { repositoryPath } from "./paths.ts";
import { textRenderer } from "./people-text.ts";
import { frameOf, requireRepository } from "./repository-frame.ts";
import { type Site, showPage } from "./site.ts";

/** The lists of issues, pull requests, labels and milestones. */
export function addIssueListPages(app: Hono, site: Site): void {
  const { forge } = site;
  app.get("/:owner/:repository/issues", (context) => showList(site, context, "Issues"));
  app.get("/:owner/:repository/pulls", (context) => showList(site, context, "Pull requests"));
  app.get("/:owner/:repository/labels", (context) => {
    const repository = requireRepository(forge, context);
    const labels = repository.labels.map((label) => ({
      ...viewLabel(label),
      description: label.description,
      open: openOnes(repository).filter((issue) => issue.labels.includes(label)).length,
    }));
    const data = { frame: frameOf(forge, repository, "Labels"), labels };
    return showPage(site, context, { template: "labels", title: "Labels", data });
  });
  app.get("/:owner/:repository/milestones", async (context) => {
    const repository = requireRepository(forge, context);
    const render = await textRenderer(
      forge,
      repository,
      repository.milestones.map(({ description }) => description),
    );
    const milestones = repository.milestones.map((milestone) => ({
      ...viewMilestone(repository, milestone),
      description:
        milestone.description === null ? null : render(milestone.description, `milestone-${milestone.number}`),
    }));
    const data = { frame: frameOf(forge, repository, "Milestones"), milestones };
    return showPage(site, context, { template: "milestones", title: "Milestones", data });
  });
  app.get("/:owner/:repository/milestone/:number", (context) => {
    const repository = requireRepository(forge, context);
    const number = Number(context.req.param("number"));
    const milestone = repository.milestones.find((one) => one.number === number);
    if (milestone === undefined) throw notFound();
    const data = {
      frame: frameOf(forge, repository, "Milestones"),
      milestone: viewMilestone(repository, milestone),
      issues: within(repository, milestone).map((issue) => summarizeIssue(forge, issue)),
    };
    return showPage(site, context, { template: "milestone", title: milestone.title, data });
  });
}

function showList(site: Site, context: Context, tab: "Issues" | "Pull requests"): Response {
  const { forge } = site;
  const repository = requireRepository(forge, context);
  const state = context.req.query("state") === "closed" ? "closed" : "open";
  const label = context.req.query("label") ?? null;
  const hasLabel = ({ labels }: Issue): boolean => label === null || labels.some(({ name }) => name === label);
  const all = [...repository.issues.values()]
    .filter((issue) => (issue.pull === null) === (tab === "Issues") && hasLabel(issue))
    .toSorted((one, other) => other.number - one.number);
  const chosen = all.filter((issue) => issue.state === state);
  const start = (pageNumber(context) - 1) * pageSize;
  const addressOf = (wanted: string): string => {
    return `?${new URLSearchParams({ state: wanted, ...(label === null ? {} : { label }) }).toString()}`;
  };
  const data = {
    frame: frameOf(forge, repository, tab),
    isPulls: tab === "Pull requests",
    label,
    clear: `?state=${state}`,
    isOpen: state === "open",
    open: { href: addressOf("open"), count: all.filter((issue) => issue.state === "open").length },
    closed: { href: addressOf("closed"), count: all.filter((issue) => issue.state === "closed").length },
    issues: chosen.slice(start, start + pageSize).map((issue) => summarizeIssue(forge, issue)),
    pages: paginate(context, chosen.length > start + pageSize),
  };
  return showPage(site, context, { template: "issues", title: tab, data });
}

function openOnes(repository: Repository): Issue[] {
  return [...repository.issues.values()].filter(({ state }) => state === "open");
}

function within(repository: Repository, milestone: Milestone): Issue[] {
  return [...repository.issues.values()].filter((issue) => issue.milestone === milestone);
}

function viewMilestone(repository: Repository, milestone: Milestone) {
  const issues = within(repository, milestone);
  const closed = issues.filter(({ state }) => state === "closed").length;
  const { number, title, state, dueOn } = milestone;
  const href = `${repositoryPath(repository)}/milestone/${number}`;
  return { title, state, dueOn, href, total: issues.length, closed };
}
