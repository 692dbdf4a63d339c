import type { Account } from "../model/account.ts";
import type { RequiredChecks } from "../model/branch-protection.ts";
import type { PullRequest, Review } from "../model/issue.ts";
import type { CheckRun } from "../model/repository.ts";
import { isAtLeast, roleOf } from "./access.ts";

/** What the protection of a pull request's base still waits for, in GitHub's words; null where nothing is missing. */
export function missingForMerge(pull: PullRequest): string | null {
  const { reviews, checks } = pull.issue.repository.protections.get(pull.base.branch) ?? {};
  const wanted = reviews?.count ?? 0;
  if (missingReviews(pull) > 0) {
    const noun = wanted === 1 ? "review is" : "reviews are";
    return `At least ${wanted} approving ${noun} required by reviewers with write access.`;
  }
  const expected = checks ? checks.checks.find((check) => !hasSucceeded(pull, check)) : undefined;
  return expected === undefined ? null : `Required status check "${expected.context}" is expected.`;
}

/** The same for who would merge: administrators pass by, unless the protection is for them too. */
export function heldBack(pull: PullRequest, account: Account): string | null {
  const { repository } = pull.issue;
  const protection = repository.protections.get(pull.base.branch);
  const passes = protection?.enforceAdmins === false && roleOf(account, repository) === "admin";
  return passes ? null : missingForMerge(pull);
}

/** How many more have to approve; whoever asks for changes takes their own approval back. */
export function missingReviews(pull: PullRequest): number {
  const { repository } = pull.issue;
  const wanted = repository.protections.get(pull.base.branch)?.reviews?.count ?? 0;
  const last = new Map<Account, Review["state"]>();
  for (const { author, state } of pull.reviews) {
    if (state === "APPROVED" || state === "CHANGES_REQUESTED" || state === "DISMISSED") last.set(author, state);
  }
  const approvals = [...last].filter(
    ([author, state]) =>
      state === "APPROVED" && author !== pull.issue.author && isAtLeast(roleOf(author, repository), "write"),
  );
  return Math.max(0, wanted - approvals.length);
}

/** By its last run on the head, of the app that was named, where one was. */
function hasSucceeded({ issue, head }: PullRequest, { context, appId }: RequiredChecks["checks"][number]): boolean {
  const suites = issue.repository.checkSuites.filter(
    (suite) => suite.commit === head.commit && (appId === null || suite.appId === appId),
  );
  const last: CheckRun | undefined = suites.flatMap(({ runs }) => runs).findLast(({ name }) => name === context);
  return ["success", "neutral", "skipped"].includes(last?.conclusion ?? "");
}
