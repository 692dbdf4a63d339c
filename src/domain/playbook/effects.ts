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
 * Everything that a run does for a plan of a new repository, in its order: nobody works in it before its files are there,
 * and is protected, and issues find their labels and milestones.
 */
export function listEffects({ repository, issues }: Pick<Plan, "repository" | "issues">): readonly Effect[] {
  const { topics, properties, teams, protection, labels, milestones } = repository;
  const assignees = new Set(issues.flatMap((issue) => issue.assignees.map((login) => login.toLowerCase())));
  return [
    { kind: "repository", key: "repository", stage: "repository" },
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
