import { type Actor, type Forge, gitDirectory } from "../forge.ts";
import { isAncestor } from "../git/ancestry.ts";
import { setDefaultBranch } from "../git/create-repository.ts";
import { fetchCommit } from "../git/fetch-objects.ts";
import { listCommits } from "../git/list-commits.ts";
import { readRef } from "../git/refs.ts";
import { type RefChange, RefConflict, updateRefs } from "../git/update-refs.ts";
import type { Issue, PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { Refusal } from "../refusal.ts";
import { findClosingReferences } from "./closing-references.ts";
import { loseTag } from "./follow-tag.ts";
import { announceIssue, closeIssue, record } from "./issues.ts";

/** The most new commits of one push that are looked through for what they merge and close. */
const mostCommitsRead = 10_000;

export interface RefsToChange {
  readonly repository: Repository;
  readonly changes: readonly RefChange[];
  /** Runs once the refs are where they shall be, and before anybody is told. */
  readonly whenMoved?: () => void;
}

/** Changes refs, all or none, and lets everything follow that follows a push. Throws a Refusal where one has moved. */
export async function changeRefs(forge: Forge, wanted: RefsToChange, actor: Actor): Promise<void> {
  await forge.inTurn(wanted.repository, async () => changeRefsInTurn(forge, wanted, actor));
}

/** The same for whoever has the repository's turn already. */
export async function changeRefsInTurn(
  forge: Forge,
  { repository, changes, whenMoved }: RefsToChange,
  actor: Actor,
): Promise<void> {
  try {
    await updateRefs(gitDirectory(forge, repository), changes);
  } catch (error) {
    if (!(error instanceof RefConflict)) throw error;
    if (error.reason === "moved") throw new Refusal(409, "Reference already exists or has moved; read it again");
    throw new Refusal(422, error.reason === "name" ? "Reference name is not valid" : "Object does not exist");
  }
  whenMoved?.();
  await followRefs(forge, { repository, changes }, actor);
}

/** What a push brings about: webhooks, pull requests that move, merge or close, issues that close, releases. */
export async function followRefs(forge: Forge, { repository, changes }: RefsToChange, actor: Actor): Promise<void> {
  const now = forge.clock();
  repository.pushedAt = now;
  repository.updatedAt = now;
  await adoptFirstBranch(forge, repository, changes);
  for (const change of changes) {
    const [, kind, name = ""] = /^refs\/(heads|tags)\/(.+)$/s.exec(change.ref) ?? [];
    if (kind === undefined || change.from === change.to) continue;
    if (kind === "tags" && change.to === null) loseTag(forge, repository, name);
    await announcePush(forge, { repository, change }, actor);
    if (kind === "heads") await followBranch(forge, { repository, branch: name, change }, actor);
  }
}

async function announcePush(
  forge: Forge,
  { repository, change: { ref, from, to } }: { repository: Repository; change: RefChange },
  { account: sender }: Actor,
): Promise<void> {
  const none = "0".repeat(40);
  const forced = from !== null && to !== null && !(await isAncestor(gitDirectory(forge, repository), from, to));
  if (from === null) await forge.announce({ event: "create", repository, ref, sender });
  if (to === null) await forge.announce({ event: "delete", repository, ref, sender });
  await forge.announce({ event: "push", repository, ref, before: from ?? none, after: to ?? none, forced, sender });
}

interface BranchChange {
  readonly repository: Repository;
  readonly branch: string;
  readonly change: RefChange;
}

async function followBranch(forge: Forge, { repository, branch, change }: BranchChange, actor: Actor): Promise<void> {
  const { from, to } = change;
  const open = openPulls(repository);
  // A fork's branches lead to pull requests of what it was forked from, too.
  const leading = repository.parent === null ? open : [...open, ...openPulls(repository.parent)];
  for (const pull of leading.filter(({ head }) => head.repository === repository && head.branch === branch)) {
    if (to === null) await loseHead(forge, pull, actor);
    else if (to !== pull.head.commit) await moveHead(forge, pull, to, actor);
  }
  if (to === null) return;
  const isDefault = branch === repository.defaultBranch;
  const based = open.filter(({ base }) => base.branch === branch);
  if (!isDefault && based.length === 0) return;
  const exclude = from === null ? [] : [from];
  const directory = gitDirectory(forge, repository);
  const landed = await listCommits(directory, { include: [to], exclude, limit: mostCommitsRead });
  const shas = new Set(landed.map(({ sha }) => sha));
  for (const pull of based) {
    if (pull.merged === null && shas.has(pull.head.commit)) await landByPush(forge, pull, to, actor);
    else if (pull.merged === null) pull.base = { branch, commit: to };
  }
  if (!isDefault || from === null) return;
  for (const { sha, message } of landed.toReversed()) {
    for (const issue of findClosingReferences(message, repository)) {
      if (issue.pull === null) await closeIssue(forge, { issue, commit: sha }, actor);
    }
  }
}

function openPulls(repository: Repository): PullRequest[] {
  return [...repository.issues.values()].flatMap(({ pull, state }) => (pull && state === "open" ? [pull] : []));
}

async function moveHead(forge: Forge, pull: PullRequest, after: string, actor: Actor): Promise<void> {
  const { issue } = pull;
  const directory = gitDirectory(forge, issue.repository);
  const before = pull.head.commit;
  const { repository: source } = pull.head;
  if (source !== null && source !== issue.repository) {
    await fetchCommit(directory, gitDirectory(forge, source), after);
  }
  pull.head = { ...pull.head, commit: after };
  await updateRefs(directory, [{ ref: `refs/pull/${issue.number}/head`, from: before, to: after }]);
  if (await isAncestor(directory, before, after)) {
    const commits = await listCommits(directory, {
      include: [after],
      exclude: [before, pull.base.commit],
      reverse: true,
    });
    record(forge, issue, actor, { kind: "committed", commits: commits.map(({ sha }) => sha) });
  } else {
    record(forge, issue, actor, { kind: "head_ref_force_pushed", before, after });
  }
  await forge.announce({ event: "pull_request", action: "synchronize", pull, before, after, sender: actor.account });
}

async function loseHead(forge: Forge, pull: PullRequest, actor: Actor): Promise<void> {
  record(forge, pull.issue, actor, { kind: "head_ref_deleted", branch: pull.head.branch });
  await closeIssue(forge, { issue: pull.issue }, actor);
}

/** A pull request whose commits are pushed to its base counts as merged. */
async function landByPush(forge: Forge, pull: PullRequest, commit: string, actor: Actor): Promise<void> {
  markMerged(forge, { pull, commit }, actor);
  await announceMerged(forge, pull, actor);
}

/** Notes the merge; the base stays what it was before, so that the commits can still be told. */
export function markMerged(forge: Forge, { pull, commit }: { pull: PullRequest; commit: string }, actor: Actor): void {
  const now = forge.clock();
  pull.merged = { at: now, by: actor.account, commit };
  Object.assign(pull.issue, { state: "closed", closedAt: now, closedBy: actor.account, updatedAt: now });
  record(forge, pull.issue, actor, { kind: "merged", commit });
  record(forge, pull.issue, actor, { kind: "closed", commit: null, by: null });
}

/** Tells of a merge, and closes the issues that the pull request says it closes. */
export async function announceMerged(forge: Forge, pull: PullRequest, actor: Actor): Promise<void> {
  await announceIssue(forge, pull.issue, { action: "closed", sender: actor.account });
  for (const issue of closingIssues(pull)) await closeIssue(forge, { issue, by: pull.issue }, actor);
}

/** The issues that merging a pull request closes: GitHub looks only at those into the default branch. */
export function closingIssues({ issue, base }: PullRequest): Issue[] {
  const { repository } = issue;
  if (base.branch !== repository.defaultBranch) return [];
  return findClosingReferences(issue.body ?? "", repository).filter(({ pull }) => pull === null);
}

/** The first branch that comes to an empty repository becomes its default one. */
async function adoptFirstBranch(forge: Forge, repository: Repository, changes: readonly RefChange[]): Promise<void> {
  const created = changes.find(({ ref, from, to }) => ref.startsWith("refs/heads/") && from === null && to !== null);
  if (created === undefined) return;
  const directory = gitDirectory(forge, repository);
  if ((await readRef(directory, `refs/heads/${repository.defaultBranch}`)) !== null) return;
  repository.defaultBranch = created.ref.slice("refs/heads/".length);
  await setDefaultBranch(directory, repository.defaultBranch);
}

/** Where a branch is, or null. */
export async function tipOf(forge: Forge, repository: Repository, branch: string): Promise<string | null> {
  const ref = await readRef(gitDirectory(forge, repository), `refs/heads/${branch}`);
  return ref?.sha ?? null;
}
