import type { Account, RepositoryRole } from "./account.ts";
import type { BranchProtection } from "./branch-protection.ts";
import type { PropertyValue } from "./custom-property.ts";
import type { Issue } from "./issue.ts";
import type { MergeQueue } from "./merge-queue.ts";
import type { Release } from "./release.ts";
import type { Ruleset } from "./ruleset.ts";

export interface Repository {
  readonly id: number;
  readonly nodeId: string;
  owner: Account;
  name: string;
  description: string | null;
  homepage: string | null;
  private: boolean;
  /** What it was forked from; null where it was not, or that is gone. */
  parent: Repository | null;
  defaultBranch: string;
  topics: string[];
  archived: boolean;
  isTemplate: boolean;
  /** Whether commits that are made on the pages need to be signed off. */
  signoffRequired: boolean;
  features: { issues: boolean; projects: boolean; wiki: boolean; discussions: boolean; downloads: boolean };
  merging: MergeSettings;
  /** By the name of the branch. */
  readonly protections: Map<string, BranchProtection>;
  readonly rulesets: Ruleset[];
  /** What is said of it, by the name of the organisation's property. */
  readonly properties: Map<string, PropertyValue>;
  /** Null where pull requests are merged at once. */
  mergeQueue: MergeQueue | null;
  /** Invited people; an organisation's members and owners have their rights without standing here. */
  readonly collaborators: Map<Account, Exclude<RepositoryRole, "none">>;
  readonly labels: Label[];
  readonly milestones: Milestone[];
  /** Issues and pull requests by number: they share one count. */
  readonly issues: Map<number, Issue>;
  readonly checkSuites: CheckSuite[];
  /** In the order in which they were begun. */
  readonly releases: Release[];
  /** The release that somebody made the latest; null where its commit and version shall tell. */
  chosenLatest: Release | null;
  /** Labels, milestones, checks and comments have numbers of their own, so the next issue's is kept apart. */
  nextIssueNumber: number;
  readonly createdAt: Date;
  updatedAt: Date;
  pushedAt: Date;
}

/** As in `acme/tides`. */
export function fullName({ owner, name }: Repository): string {
  return `${owner.login}/${name}`;
}

export type MergeMethod = "merge" | "squash" | "rebase";

export interface MergeSettings {
  allowMergeCommit: boolean;
  allowSquashMerge: boolean;
  allowRebaseMerge: boolean;
  allowAutoMerge: boolean;
  allowUpdateBranch: boolean;
  deleteBranchOnMerge: boolean;
  squashTitle: "PR_TITLE" | "COMMIT_OR_PR_TITLE";
  squashMessage: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK";
  mergeTitle: "PR_TITLE" | "MERGE_MESSAGE";
  mergeMessage: "PR_BODY" | "PR_TITLE" | "BLANK";
}

export interface Label {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  name: string;
  /** Six hexadecimal digits. */
  color: string;
  description: string | null;
  readonly default: boolean;
}

export interface Milestone {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  readonly number: number;
  readonly creator: Account;
  title: string;
  description: string | null;
  state: "open" | "closed";
  dueOn: Date | null;
  readonly createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
}

type CheckStatus = "queued" | "in_progress" | "completed";
type CheckConclusion =
  | "success"
  | "failure"
  | "neutral"
  | "cancelled"
  | "skipped"
  | "timed_out"
  | "action_required"
  | "stale";

/** All check runs of one app on one commit. */
export interface CheckSuite {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  readonly commit: string;
  readonly branch: string | null;
  readonly appId: number;
  readonly runs: CheckRun[];
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface CheckRun {
  readonly id: number;
  readonly nodeId: string;
  readonly suite: CheckSuite;
  name: string;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  detailsUrl: string | null;
  externalId: string;
  startedAt: Date;
  completedAt: Date | null;
  output: { title: string | null; summary: string | null; text: string | null };
}
