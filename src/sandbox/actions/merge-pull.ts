import { type Actor, type Forge, gitDirectory } from "../forge.ts";
import { readCommits, writeCommit } from "../git/commits.ts";
import { mergeTrees } from "../git/merge.ts";
import { rebaseCommits } from "../git/rebase-commits.ts";
import { heldBack } from "../identity/held-back.ts";
import type { PullRequest } from "../model/issue.ts";
import { queueFor } from "../model/merge-queue.ts";
import type { MergeMethod } from "../model/repository.ts";
import { Refusal } from "../refusal.ts";
import { announceMerged, changeRefs, changeRefsInTurn, markMerged, tipOf } from "./change-refs.ts";
import { signatureOf, webSignature } from "./contents.ts";
import { record } from "./issues.ts";
import { composeMergeMessage } from "./merge-message.ts";
import { commitsOf } from "./pulls.ts";

export interface PullToMerge {
  readonly pull: PullRequest;
  readonly method: MergeMethod;
  /** In place of the words that the repository's settings give. */
  readonly title?: string | undefined;
  readonly message?: string | undefined;
  /** Where the head must be. */
  readonly expectedHead?: string | undefined;
}

/** Merges a pull request, and gives the id of the commit that landed last. Throws a Refusal where it cannot be. */
export async function mergePull(forge: Forge, wanted: PullToMerge, actor: Actor): Promise<string> {
  const { pull } = wanted;
  const { repository } = pull.issue;
  requireMergeable(wanted);
  const missing = heldBack(pull, actor.account);
  if (missing !== null) throw new Refusal(405, missing);
  const base = await tipOf(forge, repository, pull.base.branch);
  if (base === null) throw new Refusal(405, "Base branch does not exist");
  const commit = await makeCommit(forge, { ...wanted, base }, actor);
  const changes = [{ ref: `refs/heads/${pull.base.branch}`, from: base, to: commit }];
  const whenMoved = (): void => {
    pull.base = { branch: pull.base.branch, commit: base };
    markMerged(forge, { pull, commit }, actor);
  };
  await changeRefs(forge, { repository, changes, whenMoved }, actor).catch((error: unknown) => {
    if (error instanceof Refusal && error.status === 409) {
      throw new Refusal(405, "Base branch was modified. Review and try the merge again.");
    }
    throw error;
  });
  await announceMerged(forge, pull, actor);
  if (repository.merging.deleteBranchOnMerge) await deleteHead(forge, pull, actor);
  return commit;
}

/** Deletes the branch of a pull request that is merged or closed. */
export async function deleteHead(forge: Forge, pull: PullRequest, actor: Actor): Promise<void> {
  await forge.inTurn(pull.issue.repository, async () => deleteHeadInTurn(forge, pull, actor));
}

/** The same for whoever has the repository's turn already. */
export async function deleteHeadInTurn(forge: Forge, pull: PullRequest, actor: Actor): Promise<void> {
  const { repository } = pull.issue;
  // Nobody here decides about the branches of a fork.
  if (pull.head.repository !== repository) return;
  const tip = await tipOf(forge, repository, pull.head.branch);
  if (tip === null || pull.head.branch === repository.defaultBranch) return;
  const changes = [{ ref: `refs/heads/${pull.head.branch}`, from: tip, to: null }];
  await changeRefsInTurn(forge, { repository, changes }, actor);
  record(forge, pull.issue, actor, { kind: "head_ref_deleted", branch: pull.head.branch });
}

function requireMergeable({ pull, method, expectedHead }: PullToMerge): void {
  const { allowMergeCommit, allowSquashMerge, allowRebaseMerge } = pull.issue.repository.merging;
  const allowed = { merge: allowMergeCommit, squash: allowSquashMerge, rebase: allowRebaseMerge };
  const names = { merge: "Merge commits", squash: "Squash merges", rebase: "Rebase merges" };
  if (pull.issue.state === "closed") throw new Refusal(405, "Pull Request is not mergeable");
  if (pull.draft) throw new Refusal(405, "Pull Request is still a draft");
  if (queueFor(pull) !== null) throw new Refusal(405, "Changes must be made through the merge queue");
  if (!allowed[method]) throw new Refusal(405, `${names[method]} are not allowed on this repository.`);
  if (expectedHead !== undefined && expectedHead !== pull.head.commit) {
    throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
  }
}

/** Writes what the base becomes by a merge, and moves no branch. Throws a Refusal where there are conflicts. */
export async function makeCommit(
  forge: Forge,
  wanted: PullToMerge & { readonly base: string },
  actor: Actor,
): Promise<string> {
  const { pull, method, base } = wanted;
  const directory = gitDirectory(forge, pull.issue.repository);
  const head = pull.head.commit;
  if (method === "rebase") {
    const commits = (await commitsOf(forge, pull)).map(({ sha }) => sha);
    const rebased = await rebaseCommits(directory, {
      commits,
      onto: base,
      committer: signatureOf(forge, actor.account),
    });
    if ("conflicts" in rebased) throw new Refusal(405, "This branch can't be rebased");
    return rebased.sha;
  }
  const merged = await mergeTrees(directory, base, head);
  if ("conflicts" in merged) throw new Refusal(405, "Pull Request is not mergeable");
  const words = await composeMergeMessage(forge, pull, method);
  const title = wanted.title ?? words.title;
  const body = wanted.message ?? words.body;
  const message = body === "" ? title : `${title}\n\n${body}`;
  const author = await authorOf(forge, pull, method, actor);
  const parents = method === "merge" ? [base, head] : [base];
  return writeCommit(directory, { tree: merged.tree, parents, author, committer: webSignature(forge), message });
}

/** A squash is its pull request's author's work, a merge commit that of who merged. */
async function authorOf(forge: Forge, pull: PullRequest, method: MergeMethod, actor: Actor) {
  if (method === "merge") return signatureOf(forge, actor.account);
  const [head] = await readCommits(gitDirectory(forge, pull.issue.repository), [pull.head.commit]);
  const { author } = pull.issue;
  // An address that the author uses in the pull request already tells nobody anything new.
  const own = head !== undefined && head !== null && author.addresses.includes(head.author.email.toLowerCase());
  const signature = signatureOf(forge, author);
  return own ? { ...signature, name: head.author.name, email: head.author.email } : signature;
}
