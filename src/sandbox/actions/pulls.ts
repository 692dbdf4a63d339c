import { type Actor, type Forge, gitDirectory } from "../forge.ts";
import type { GitCommit } from "../git/commits.ts";
import { fetchCommit } from "../git/fetch-objects.ts";
import { listCommits } from "../git/list-commits.ts";
import { mergeTrees } from "../git/merge.ts";
import { readRef } from "../git/refs.ts";
import { updateRefs } from "../git/update-refs.ts";
import type { Account } from "../model/account.ts";
import type { PullRequest } from "../model/issue.ts";
import { fullName, type Repository } from "../model/repository.ts";
import { nextIdentity } from "../model/state.ts";
import { invalid, Refusal } from "../refusal.ts";
import { tipOf } from "./change-refs.ts";
import { addIssue, record } from "./issues.ts";

export interface PullToOpen {
  readonly repository: Repository;
  readonly title: string;
  readonly body: string | null;
  /** Names of branches. */
  readonly head: string;
  readonly base: string;
  readonly draft?: boolean;
  /** Where the head is; the repository itself where it is not given. */
  readonly headRepository?: Repository;
}

/** Opens a pull request between two branches, of a repository or of a fork and what it was forked from. */
export async function openPull(forge: Forge, wanted: PullToOpen, actor: Actor): Promise<PullRequest> {
  const { repository, headRepository = repository } = wanted;
  const base = await requireTip(forge, repository, { field: "base", branch: wanted.base });
  const head = await requireTip(forge, headRepository, { field: "head", branch: wanted.head });
  requireNoOther(repository, { ...wanted, headRepository });
  const directory = gitDirectory(forge, repository);
  if (headRepository !== repository) await fetchCommit(directory, gitDirectory(forge, headRepository), head);
  const commits = await listCommits(directory, { include: [head], exclude: [base], reverse: true });
  if (commits.length === 0) throw refuse(`No commits between ${wanted.base} and ${wanted.head}`);
  const pull = addPull(forge, { ...wanted, baseCommit: base, headCommit: head }, actor);
  const { number } = pull.issue;
  const ref = `refs/pull/${number}/head`;
  const left = await readRef(directory, ref);
  await updateRefs(directory, [{ ref, from: left?.sha ?? null, to: head }]);
  record(forge, pull.issue, actor, { kind: "committed", commits: commits.map(({ sha }) => sha) });
  await forge.announce({ event: "pull_request", action: "opened", pull, sender: actor.account });
  return pull;
}

/** Adds a pull request between two commits, and tells nobody. */
export function addPull(
  forge: Forge,
  wanted: PullToOpen & { readonly baseCommit: string; readonly headCommit: string },
  actor: Actor,
): PullRequest {
  const issue = addIssue(forge, wanted, actor);
  const pull: PullRequest = {
    ...nextIdentity(forge.state, "PullRequest"),
    issue,
    draft: wanted.draft ?? false,
    base: { branch: wanted.base, commit: wanted.baseCommit },
    head: { branch: wanted.head, commit: wanted.headCommit, repository: wanted.headRepository ?? wanted.repository },
    merged: null,
    reviews: [],
    reviewComments: [],
    requestedReviewers: [],
  };
  issue.pull = pull;
  // To GraphQL it is a pull request and no issue.
  forge.state.nodes.delete(issue.nodeId);
  forge.state.nodes.set(pull.nodeId, { type: "PullRequest", value: pull });
  return pull;
}

/** Its commits, the oldest first: what the head has that the base had not when they last met. */
export async function commitsOf(forge: Forge, { issue, base, head }: PullRequest): Promise<GitCommit[]> {
  const directory = gitDirectory(forge, issue.repository);
  return listCommits(directory, { include: [head.commit], exclude: [base.commit], reverse: true });
}

/** Whether it can be merged without conflicts; null for what is no longer open. */
export async function isMergeable(forge: Forge, { issue, base, head }: PullRequest): Promise<boolean | null> {
  if (issue.state === "closed") return null;
  return "tree" in (await mergeTrees(gitDirectory(forge, issue.repository), base.commit, head.commit));
}

/** Makes a pull request one into another branch. */
export async function changeBase(
  forge: Forge,
  { pull, base }: { pull: PullRequest; base: string },
  actor: Actor,
): Promise<void> {
  if (pull.base.branch === base) return;
  const { repository } = pull.issue;
  const commit = await requireTip(forge, repository, { field: "base", branch: base });
  requireNoOther(repository, { head: pull.head.branch, base, headRepository: pull.head.repository });
  const changes = { base: { ref: { from: pull.base.branch }, sha: { from: pull.base.commit } } };
  pull.base = { branch: base, commit };
  await forge.announce({ event: "pull_request", action: "edited", pull, changes, sender: actor.account });
}

export async function setDraft(
  forge: Forge,
  { pull, draft }: { pull: PullRequest; draft: boolean },
  actor: Actor,
): Promise<void> {
  if (pull.draft === draft) return;
  pull.draft = draft;
  record(forge, pull.issue, actor, { kind: draft ? "convert_to_draft" : "ready_for_review" });
  const action = draft ? "converted_to_draft" : "ready_for_review";
  await forge.announce({ event: "pull_request", action, pull, sender: actor.account });
}

export async function requestReviewers(
  forge: Forge,
  { pull, reviewers }: { pull: PullRequest; reviewers: readonly Account[] },
  actor: Actor,
): Promise<void> {
  if (reviewers.includes(pull.issue.author)) {
    throw new Refusal(422, "Review cannot be requested from pull request author.");
  }
  for (const reviewer of reviewers.filter((account) => !pull.requestedReviewers.includes(account))) {
    pull.requestedReviewers.push(reviewer);
    record(forge, pull.issue, actor, { kind: "review_requested", reviewer });
    await forge.announce({ event: "pull_request", action: "review_requested", pull, reviewer, sender: actor.account });
  }
}

export async function removeReviewers(
  forge: Forge,
  { pull, reviewers }: { pull: PullRequest; reviewers: readonly Account[] },
  actor: Actor,
): Promise<void> {
  for (const reviewer of pull.requestedReviewers.filter((account) => reviewers.includes(account))) {
    pull.requestedReviewers = pull.requestedReviewers.filter((account) => account !== reviewer);
    record(forge, pull.issue, actor, { kind: "review_request_removed", reviewer });
    await forge.announce({
      event: "pull_request",
      action: "review_request_removed",
      pull,
      reviewer,
      sender: actor.account,
    });
  }
}

async function requireTip(
  forge: Forge,
  repository: Repository,
  { field, branch }: { field: "base" | "head"; branch: string },
): Promise<string> {
  const tip = await tipOf(forge, repository, branch);
  if (tip === null) throw invalid({ resource: "PullRequest", field, code: "invalid" });
  return tip;
}

function requireNoOther(
  repository: Repository,
  { head, base, headRepository }: { head: string; base: string; headRepository: Repository | null },
): void {
  const other = [...repository.issues.values()].find(({ state, pull }) => {
    if (state === "closed" || pull === null || pull.base.branch !== base) return false;
    return pull.head.branch === head && pull.head.repository === headRepository;
  });
  const { owner } = headRepository ?? repository;
  if (other !== undefined) throw refuse(`A pull request already exists for ${owner.login}:${head}.`);
  if (head === base && headRepository === repository) {
    throw refuse(`No commits between ${base} and ${fullName(repository)}:${head}`);
  }
}

function refuse(message: string): Refusal {
  return invalid({ resource: "PullRequest", code: "custom", message });
}
