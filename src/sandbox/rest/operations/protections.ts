import { tipOf } from "../../actions/change-refs.ts";
import type { Forge } from "../../forge.ts";
import type { BranchProtection, Chosen } from "../../model/branch-protection.ts";
import type { Repository } from "../../model/repository.ts";
import { findAccount } from "../../model/state.ts";
import { findTeam } from "../../model/team.ts";
import { presentProtection } from "../../present/branch-protection.ts";
import { invalid, Refusal } from "../../refusal.ts";
import { done, inRepository, type Operation, type OperationRequest, ok, toRead, toWrite } from "../operation.ts";

const administration = toWrite("admin", "administration");
const toReadAdministration = { ...toRead("administration"), role: "admin" } as const;

export const protectionOperations: readonly Operation[] = [
  inRepository("repos/get-branch-protection", toReadAdministration, async ({ forge, repository, parameters }) => {
    const { branch } = parameters;
    await requireBranch(forge, repository, branch);
    return ok(presentProtection(forge, { repository, branch }, requireProtection(repository, branch)));
  }),
  inRepository("repos/update-branch-protection", administration, async ({ forge, repository, parameters, body }) => {
    const { branch } = parameters;
    await requireBranch(forge, repository, branch);
    const protection = readProtection(forge, repository, body);
    repository.protections.set(branch, protection);
    return ok(presentProtection(forge, { repository, branch }, protection));
  }),
  inRepository("repos/delete-branch-protection", administration, async ({ forge, repository, parameters }) => {
    const { branch } = parameters;
    await requireBranch(forge, repository, branch);
    requireProtection(repository, branch);
    repository.protections.delete(branch);
    return done();
  }),
];

async function requireBranch(forge: Forge, repository: Repository, branch: string): Promise<void> {
  if ((await tipOf(forge, repository, branch)) === null) throw new Refusal(404, "Branch not found");
}

function requireProtection({ protections }: Repository, branch: string): BranchProtection {
  const protection = protections.get(branch);
  if (protection === undefined) throw new Refusal(404, "Branch not protected");
  return protection;
}

type ProtectionBody = OperationRequest<"repos/update-branch-protection">["body"];

/** What is not said is not kept: a protection is put as a whole. */
function readProtection(forge: Forge, repository: Repository, body: ProtectionBody): BranchProtection {
  const { required_status_checks: checks, restrictions } = body;
  return {
    checks: checks === null ? null : { strict: checks.strict, checks: readChecks(checks) },
    enforceAdmins: body.enforce_admins ?? false,
    reviews: readReviews(forge, repository, body.required_pull_request_reviews),
    restrictions: restrictions === null ? null : readChosen(forge, repository, restrictions),
    linearHistory: body.required_linear_history ?? false,
    forcePushes: body.allow_force_pushes ?? false,
    deletions: body.allow_deletions ?? false,
    blockCreations: body.block_creations ?? false,
    conversationResolution: body.required_conversation_resolution ?? false,
    lock: body.lock_branch ?? false,
    forkSyncing: body.allow_fork_syncing ?? false,
  };
}

function readChecks({ contexts, checks }: NonNullable<ProtectionBody["required_status_checks"]>) {
  // Names alone are how it was done before; where both are given GitHub takes those that may name an app.
  const named = checks ?? contexts.map((context) => ({ context, app_id: undefined }));
  return named.map(({ context, app_id: appId }) => {
    // GitHub takes -1 for any app.
    return { context, appId: appId === undefined || appId === -1 ? null : appId };
  });
}

function readReviews(
  forge: Forge,
  repository: Repository,
  reviews: ProtectionBody["required_pull_request_reviews"],
): BranchProtection["reviews"] {
  if (reviews === null) return null;
  const { required_approving_review_count: count = 1 } = reviews;
  if (count < 0 || count > 6) {
    throw invalid({ resource: "ProtectedBranch", field: "required_approving_review_count", code: "invalid" });
  }
  const { dismissal_restrictions: dismissal, bypass_pull_request_allowances: bypass } = reviews;
  return {
    count,
    dismissStale: reviews.dismiss_stale_reviews ?? false,
    codeOwners: reviews.require_code_owner_reviews ?? false,
    lastPush: reviews.require_last_push_approval ?? false,
    dismissal: dismissal && isSaid(dismissal) ? readChosen(forge, repository, dismissal) : null,
    bypass: bypass && isSaid(bypass) ? readChosen(forge, repository, bypass) : null,
  };
}

/** An empty object says nobody in particular. */
function isSaid(chosen: object | undefined): boolean {
  return chosen !== undefined && Object.keys(chosen).length > 0;
}

function missing(field: string): Refusal {
  return invalid({ resource: "ProtectedBranch", field, code: "invalid" });
}

interface ChosenBody {
  readonly users?: readonly string[];
  readonly teams?: readonly string[];
  readonly apps?: readonly string[];
}

/** People, teams and apps by their names; only an organisation chooses who may do what with a branch. */
function readChosen(
  { state }: Forge,
  { owner }: Repository,
  { users = [], teams = [], apps = [] }: ChosenBody,
): Chosen {
  if (owner.organization === null) {
    const message = "Only organization repositories can have users and team restrictions";
    throw new Refusal(422, "Validation Failed", [message]);
  }
  return {
    users: users.map((login) => {
      const account = findAccount(state, login);
      if (account?.type !== "User") throw missing("users");
      return account;
    }),
    teams: teams.map((slug) => {
      const team = findTeam(owner, slug);
      if (team === null) throw missing("teams");
      return team;
    }),
    apps: apps.map((slug) => {
      const app = [...state.apps.values()].find((one) => one.slug === slug);
      if (app === undefined) throw missing("apps");
      return app;
    }),
  };
}
