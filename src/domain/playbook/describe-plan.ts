import type { NamedPerson } from "../credit/named-person.ts";
import { type Some, some } from "../credit/some.ts";
import { writeAnswer } from "./answer-text.ts";
import { describeAuthors } from "./describe-authors.ts";
import { lockPath } from "./lock-file.ts";
import { type NamedPlan, type Plan, type PlannedFile, shortHash } from "./plan.ts";

/** How often a playbook was used, and by how many teams. */
interface PlaybookUse {
  readonly runs: number;
  readonly teams: number;
}

/** Who approves a plan. */
export interface PlanApproval {
  /** Logins and teams; empty where they are not to be named. */
  readonly names: readonly string[];
  /** Whether it is the organisation's owners, as nobody is named in the settings. */
  readonly isByOwners: boolean;
}

/** What is said of a plan, before anything is done. */
export interface PlanDescription {
  readonly target: string;
  /** What of the playbook a repository has already, that was there before; null for one that is made. */
  readonly applied: { readonly branch: string; readonly kept: Some<string> } | null;
  readonly playbook: {
    readonly name: string;
    readonly version: string;
    readonly isDeprecated: boolean;
    readonly isExperimental: boolean;
  };
  /** The repository that the playbook is in, by which tag or branch, and the beginning of the commit's id; null for one that is built in. */
  readonly source: { readonly name: string; readonly ref: string; readonly commit: string } | null;
  readonly hash: string;
  /** Whether it is only looked at: nobody asked for it, so that nobody can confirm it. */
  readonly isPreview: boolean;
  /** Who has to confirm it in place of whoever asked for it; null where they may themselves. */
  readonly approval: PlanApproval | null;
  readonly repository: Pick<Plan["repository"], "visibility" | "description" | "homepage">;
  readonly settings: readonly string[];
  readonly topics: readonly string[];
  readonly files: Some<Pick<PlannedFile, "path" | "isRendered" | "size"> & { readonly isExecutable: boolean }>;
  readonly fileCount: number;
  readonly renderedCount: number;
  readonly hasWorkflows: boolean;
  readonly lockPath: string;
  readonly access: readonly { readonly team: string; readonly permission: string }[];
  readonly protection: { readonly branch: string; readonly rules: readonly string[] } | null;
  readonly labels: Some<string>;
  readonly milestones: Some<string>;
  readonly issues: Some<{ readonly title: string; readonly assignees: readonly string[] }>;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  readonly requests: number;
  readonly duration: string;
  /** The command that made it, to be changed and given again. */
  readonly again: string;
  readonly authors: readonly NamedPerson[];
  readonly use: PlaybookUse;
}

interface Circumstances {
  /** Where profiles are, such as https://github.com. */
  readonly web: string;
  readonly use: PlaybookUse;
  readonly isPreview?: boolean;
  readonly approval?: PlanApproval | null;
}

/** Puts a plan into what a comment says of it. */
export function describePlan(named: NamedPlan, circumstances: Circumstances): PlanDescription {
  const { web, use, isPreview = false, approval = null } = circumstances;
  const { plan } = named;
  const { repository, files, playbook } = plan;
  const { name, version, lifecycle } = playbook;
  return {
    target: `${repository.owner}/${repository.name}`,
    applied: plan.target.kind === "new" ? null : { branch: plan.target.branch, kept: some(plan.target.kept) },
    playbook: {
      name,
      version,
      isDeprecated: lifecycle === "deprecated",
      isExperimental: lifecycle === "experimental",
    },
    source: describeSource(plan.source),
    hash: shortHash(named),
    isPreview,
    approval,
    repository: {
      visibility: repository.visibility,
      description: repository.description,
      homepage: repository.homepage,
    },
    settings: describeSettings(repository),
    topics: repository.topics,
    files: some(
      files.map(({ path, isRendered, size, mode }) => ({ path, isRendered, size, isExecutable: mode === "100755" })),
    ),
    fileCount: files.length,
    renderedCount: files.filter(({ isRendered }) => isRendered).length,
    hasWorkflows: files.some(({ path }) => path.toLowerCase().startsWith(".github/workflows/")),
    lockPath,
    access: repository.teams,
    protection: describeProtection(repository.protection),
    labels: some(repository.labels.map((label) => label.name)),
    milestones: some(repository.milestones.map(({ title }) => title)),
    issues: some(plan.issues.map(({ title, assignees }) => ({ title, assignees }))),
    properties: Object.entries(repository.properties).map(([key, value]) => ({ name: key, value })),
    requests: plan.cost.requests,
    duration: describeDuration(plan.cost.seconds),
    again:
      plan.target.kind === "new"
        ? `/playbook use ${name} ${writeAnswer("name", repository.name)} …`
        : `/playbook apply ${name} …`,
    authors: describeAuthors(playbook, web),
    use,
  };
}

/** The description with no more than so many files and other things by name. */
export function shortenPlan(description: PlanDescription, most: number): PlanDescription {
  const { applied } = description;
  return {
    ...description,
    applied: applied && { ...applied, kept: some(applied.kept, most) },
    files: some(description.files, most),
    labels: some(description.labels, most),
    milestones: some(description.milestones, most),
    issues: some(description.issues, most),
  };
}

type Settings = Plan["repository"]["features"] & Plan["repository"]["merge"];

function describeSource(source: Plan["source"]): PlanDescription["source"] {
  return source.kind === "built-in" ? null : { name: source.name, ref: source.ref, commit: source.commit.slice(0, 7) };
}

function describeSettings({ features, merge }: Plan["repository"]): readonly string[] {
  const settings = new Map(Object.entries({ ...features, ...merge }));
  // A plan that was kept need not have them in any order.
  return Object.entries(settingNames).flatMap(([name, shown]) => {
    const isOn = settings.get(name);
    return isOn === undefined ? [] : [`${shown} ${isOn ? "on" : "off"}`];
  });
}

const settingNames = {
  issues: "issues",
  wiki: "wiki",
  projects: "projects",
  discussions: "discussions",
  squash: "squash merges",
  "merge-commit": "merge commits",
  rebase: "rebase merges",
  "auto-merge": "auto-merge",
  "update-branch": "updating branches",
  "delete-branch": "deleting merged branches",
} as const satisfies Record<keyof Settings, string>;

function describeProtection(protection: Plan["repository"]["protection"]): PlanDescription["protection"] {
  if (protection === null) return null;
  const { branch, reviews, checks } = protection;
  const rules = [
    ...(reviews === 0 ? [] : [reviews === 1 ? "one review" : `${reviews} reviews`]),
    ...(protection["code-owners"] ? ["code owners"] : []),
    ...(protection["dismiss-stale"] ? ["new commits need new reviews"] : []),
    ...(protection.conversations ? ["conversations resolved"] : []),
    ...(protection.linear ? ["no merge commits"] : []),
    ...checks.map((check) => `check ${check}`),
  ];
  return { branch, rules: rules.length === 0 ? ["no force pushes, no deletion"] : rules };
}

function describeDuration(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
