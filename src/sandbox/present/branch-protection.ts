import type { Forge } from "../forge.ts";
import type { BranchProtection, Chosen } from "../model/branch-protection.ts";
import type { Repository } from "../model/repository.ts";
import { presentAccount } from "./account.ts";
import { presentApp } from "./app.ts";
import { repositoryUrl } from "./repository.ts";
import { presentTeam } from "./team.ts";

/** How a branch is protected. What is not asked for is left out. */
export function presentProtection(
  forge: Forge,
  { repository, branch }: { readonly repository: Repository; readonly branch: string },
  protection: BranchProtection,
) {
  const { checks, reviews, restrictions } = protection;
  const url = protectionUrl(forge, repository, branch);
  return {
    url,
    ...(checks === null
      ? {}
      : {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: checks.strict,
            contexts: checks.checks.map(({ context }) => context),
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: checks.checks.map(({ context, appId }) => ({ context, app_id: appId })),
          },
        }),
    ...(reviews === null
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: reviews.dismissStale,
            require_code_owner_reviews: reviews.codeOwners,
            required_approving_review_count: reviews.count,
            require_last_push_approval: reviews.lastPush,
            ...(reviews.dismissal === null
              ? {}
              : {
                  dismissal_restrictions: {
                    url: `${url}/dismissal_restrictions`,
                    users_url: `${url}/dismissal_restrictions/users`,
                    teams_url: `${url}/dismissal_restrictions/teams`,
                    ...presentChosen(forge, reviews.dismissal),
                  },
                }),
            ...(reviews.bypass === null
              ? {}
              : { bypass_pull_request_allowances: presentChosen(forge, reviews.bypass) }),
          },
        }),
    ...(restrictions === null
      ? {}
      : {
          restrictions: {
            url: `${url}/restrictions`,
            users_url: `${url}/restrictions/users`,
            teams_url: `${url}/restrictions/teams`,
            apps_url: `${url}/restrictions/apps`,
            ...presentChosen(forge, restrictions),
          },
        }),
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection.enforceAdmins },
    required_linear_history: { enabled: protection.linearHistory },
    allow_force_pushes: { enabled: protection.forcePushes },
    allow_deletions: { enabled: protection.deletions },
    block_creations: { enabled: protection.blockCreations },
    required_conversation_resolution: { enabled: protection.conversationResolution },
    lock_branch: { enabled: protection.lock },
    allow_fork_syncing: { enabled: protection.forkSyncing },
  };
}

/** What a branch's own page tells of its protection. */
export function summarizeProtection(forge: Forge, repository: Repository, branch: string) {
  const protection = repository.protections.get(branch);
  const checks = protection?.checks?.checks ?? [];
  const level = protection?.checks ? (protection.enforceAdmins ? "everyone" : "non_admins") : "off";
  return {
    protected: protection !== undefined,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: {
        enforcement_level: level,
        contexts: checks.map(({ context }) => context),
        checks: checks.map(({ context, appId }) => ({ context, app_id: appId })),
      },
    },
    protection_url: protectionUrl(forge, repository, branch),
  };
}

/** Whoever is gone since is left out. */
function presentChosen(forge: Forge, { users, teams, apps }: Chosen) {
  return {
    users: users.flatMap((account) => (account.deleted ? [] : presentAccount(forge, account))),
    teams: teams.flatMap((team) => (forge.state.nodes.has(team.nodeId) ? presentTeam(forge, team) : [])),
    apps: apps.map((app) => presentApp(forge, app)),
  };
}

function protectionUrl(forge: Forge, repository: Repository, branch: string): string {
  return `${repositoryUrl(forge, repository)}/branches/${branch}/protection`;
}
