import type { Plan } from "./plan.ts";
import type { RenderedIssue, RenderedRepository } from "./rendered-playbook.ts";

/** What people are told that a run is at, in this order. */
export type Stage = "repository" | "files" | "settings" | "access" | "protection" | "labels" | "milestones" | "issues";

/** One thing that a run does to GitHub. */
export type Effect = {
  /** In a few words, the same whenever it is tried: by it the journal knows it. */
  readonly key: string;
  readonly stage: Stage;
} & (
  | { readonly kind: "repository" | "files" | "settings" | "topics" | "properties" }
  /** In a repository that is there: what it is called by now, and its files as a pull request. */
  | { readonly kind: "existing repository" | "pull request" }
  | { readonly kind: "team"; readonly team: RenderedRepository["teams"][number] }
  | { readonly kind: "protection"; readonly protection: NonNullable<RenderedRepository["protection"]> }
  | { readonly kind: "label"; readonly label: RenderedRepository["labels"][number] }
  | { readonly kind: "milestone"; readonly milestone: RenderedRepository["milestones"][number] }
  /** Whether somebody can be assigned is known once everybody has access. */
  | { readonly kind: "assignee"; readonly login: string }
  | { readonly kind: "issue"; readonly issue: RenderedIssue; readonly isFirst: boolean }
);

export type EffectOf<Kind extends Effect["kind"]> = Extract<Effect, { readonly kind: Kind }>;

/**
 * Everything that a run does for a plan, in its order: nobody works in a new repository before its files are there and it
 * is protected, and issues find their labels and milestones. One that was there keeps its settings, access and protection.
 */
export function listEffects(plan: EffectsPlan): readonly Effect[] {
  return [...(plan.target.kind === "new" ? listMaking(plan) : listProposing(plan)), ...listContent(plan)];
}

type EffectsPlan = Pick<Plan, "target" | "repository" | "files" | "issues">;

function listProposing({ files }: EffectsPlan): readonly Effect[] {
  return [
    { kind: "existing repository", key: keyOfRepository, stage: "repository" },
    ...(files.length === 0 ? [] : [{ kind: "pull request", key: keyOfPullRequest, stage: "files" } as const]),
  ];
}

function listMaking({ repository }: EffectsPlan): readonly Effect[] {
  const { topics, properties, teams, protection } = repository;
  return [
    { kind: "repository", key: keyOfRepository, stage: "repository" },
    { kind: "files", key: "files", stage: "files" },
    { kind: "settings", key: "settings", stage: "settings" },
    ...(topics.length === 0 ? [] : [{ kind: "topics", key: "topics", stage: "settings" } as const]),
    ...(Object.keys(properties).length === 0
      ? []
      : [{ kind: "properties", key: "properties", stage: "settings" } as const]),
    ...teams.map((team) => ({ kind: "team", key: keyOfTeam(team.team), stage: "access", team }) as const),
    ...(protection === null
      ? []
      : [{ kind: "protection", key: "protection", stage: "protection", protection } as const]),
  ];
}

function listContent({ repository: { labels, milestones }, issues }: EffectsPlan): readonly Effect[] {
  const assignees = new Set(issues.flatMap((issue) => issue.assignees.map((login) => login.toLowerCase())));
  return [
    ...labels.map((label) => ({ kind: "label", key: `label ${label.name}`, stage: "labels", label }) as const),
    ...milestones.map((milestone) => {
      return { kind: "milestone", key: keyOfMilestone(milestone.title), stage: "milestones", milestone } as const;
    }),
    ...Array.from(assignees, (login) => {
      return { kind: "assignee", key: keyOfAssignee(login), stage: "issues", login } as const;
    }),
    ...issues.map((issue, index) => {
      return { kind: "issue", key: keyOfIssue(index), stage: "issues", issue, isFirst: index === 0 } as const;
    }),
  ];
}

/** Whether it is made or there. */
export const keyOfRepository = "repository";
export const keyOfPullRequest = "pull request";

export function keyOfMilestone(title: string): string {
  return `milestone ${title}`;
}

export function keyOfAssignee(login: string): string {
  return `assignee ${login.toLowerCase()}`;
}

/** By its place, as two issues may have one title. */
function keyOfIssue(index: number): string {
  return `issue ${index + 1}`;
}

function keyOfTeam(team: string): string {
  return `team ${team.toLowerCase()}`;
}
