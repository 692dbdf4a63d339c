import type { RenderedRepository } from "../../domain/playbook/rendered-playbook.ts";
import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";

type Protection = NonNullable<RenderedRepository["protection"]>;

/** Protects a branch by a ruleset, and gives its id. GitHub refuses a second one of its name. Throws what GitHubClient throws. */
export async function addRuleset(
  client: GitHubClient,
  { owner, name: repo }: Place,
  protection: Protection,
): Promise<number> {
  const { data } = await client.request("POST /repos/{owner}/{repo}/rulesets", {
    owner,
    repo,
    name: nameOf(protection),
    target: "branch",
    enforcement: "active",
    conditions: { ref_name: { include: [`refs/heads/${protection.branch}`], exclude: [] } },
    rules: [
      { type: "deletion" },
      { type: "non_fast_forward" },
      ...(needsPullRequests(protection)
        ? [
            {
              type: "pull_request" as const,
              parameters: {
                required_approving_review_count: protection.reviews,
                dismiss_stale_reviews_on_push: protection["dismiss-stale"],
                require_code_owner_review: protection["code-owners"],
                require_last_push_approval: false,
                required_review_thread_resolution: protection.conversations,
              },
            },
          ]
        : []),
      ...(protection.linear ? [{ type: "required_linear_history" as const }] : []),
      ...(protection.checks.length === 0
        ? []
        : [
            {
              type: "required_status_checks" as const,
              parameters: {
                strict_required_status_checks_policy: false,
                required_status_checks: protection.checks.map((context) => ({ context })),
              },
            },
          ]),
    ],
  });
  return data.id;
}

/** The id of the ruleset that protects the branch already; null where there is none. Throws what GitHubClient throws. */
export async function findRuleset(
  client: GitHubClient,
  { owner, name: repo }: Place,
  protection: Protection,
): Promise<number | null> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/rulesets", { owner, repo, per_page: 100 });
  return data.find(({ name }) => name === nameOf(protection))?.id ?? null;
}

/** Protects a branch as GitHub did it before there were rulesets; done again it is the same. Throws what GitHubClient throws. */
export async function setBranchProtection(
  client: GitHubClient,
  { owner, name: repo }: Place,
  protection: Protection,
): Promise<void> {
  const { branch, reviews, checks } = protection;
  await client.request("PUT /repos/{owner}/{repo}/branches/{branch}/protection", {
    owner,
    repo,
    branch,
    required_status_checks: checks.length === 0 ? null : { strict: false, contexts: [...checks] },
    enforce_admins: false,
    required_pull_request_reviews: needsPullRequests(protection)
      ? {
          required_approving_review_count: reviews,
          dismiss_stale_reviews: protection["dismiss-stale"],
          require_code_owner_reviews: protection["code-owners"],
        }
      : null,
    restrictions: null,
    required_linear_history: protection.linear,
    required_conversation_resolution: protection.conversations,
    allow_force_pushes: false,
    allow_deletions: false,
  });
}

function needsPullRequests(protection: Protection): boolean {
  return protection.reviews > 0 || protection["code-owners"] || protection["dismiss-stale"] || protection.conversations;
}

function nameOf({ branch }: Protection): string {
  return `Protect ${branch}`;
}
