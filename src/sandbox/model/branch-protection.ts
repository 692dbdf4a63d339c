import type { Account } from "./account.ts";
import type { App } from "./app.ts";
import type { Team } from "./team.ts";

/** What has to be so before a branch may change, and who may change it. */
export interface BranchProtection {
  readonly checks: RequiredChecks | null;
  /** Whether it is for administrators too. */
  readonly enforceAdmins: boolean;
  readonly reviews: RequiredReviews | null;
  /** Who may push; null for all who may write. */
  readonly restrictions: Chosen | null;
  readonly linearHistory: boolean;
  readonly forcePushes: boolean;
  readonly deletions: boolean;
  readonly blockCreations: boolean;
  readonly conversationResolution: boolean;
  readonly lock: boolean;
  readonly forkSyncing: boolean;
}

export interface RequiredChecks {
  /** Whether a pull request has to be up to date with the branch. */
  readonly strict: boolean;
  /** Null for checks of any app. */
  readonly checks: readonly { readonly context: string; readonly appId: number | null }[];
}

interface RequiredReviews {
  readonly count: number;
  readonly dismissStale: boolean;
  readonly codeOwners: boolean;
  readonly lastPush: boolean;
  readonly dismissal: Chosen | null;
  readonly bypass: Chosen | null;
}

export interface Chosen {
  readonly users: readonly Account[];
  readonly teams: readonly Team[];
  readonly apps: readonly App[];
}
