import { changeRefs, tipOf } from "../../actions/change-refs.ts";
import { signatureOf, webSignature } from "../../actions/contents.ts";
import { closeIssue, editIssue, reopenIssue } from "../../actions/issues.ts";
import { mergePull } from "../../actions/merge-pull.ts";
import { changeBase, commitsOf, openPull, removeReviewers, requestReviewers } from "../../actions/pulls.ts";
import { type Forge, gitDirectory } from "../../forge.ts";
import { findMergeBase } from "../../git/ancestry.ts";
import { writeCommit } from "../../git/commits.ts";
import { fetchCommit } from "../../git/fetch-objects.ts";
import { mergeTrees } from "../../git/merge.ts";
import { type Caller, requireAccess } from "../../identity/access.ts";
import type { Account } from "../../model/account.ts";
import type { PullRequest } from "../../model/issue.ts";
import type { Repository } from "../../model/repository.ts";
import { findAccount } from "../../model/state.ts";
import { presentAccount } from "../../present/account.ts";
import { presentChangedFile, presentCommit } from "../../present/commit.ts";
import { filesOf, presentPull, presentPullInFull } from "../../present/pull.ts";
import { invalid, notFound, Refusal } from "../../refusal.ts";
import { actorOf, created, done, inRepository, type Operation, ok, paged, toRead, toWrite } from "../operation.ts";
import { answerPlain } from "./commits.ts";

const toReadPulls = toRead("pull_requests");
const toWritePulls = toWrite("write", "pull_requests");
/** Whoever wrote something may change it, with or without the right to write to the repository. */
const toWriteOwn = toWrite("read", "pull_requests");

export const pullOperations: readonly Operation[] = [
  inRepository("pulls/list", toReadPulls, (request) => {
    const { forge, repository, parameters } = request;
    const { state = "open", head, base, sort = "created", direction } = parameters;
    const pulls = [...repository.issues.values()]
      .flatMap(({ pull }) => pull ?? [])
      .filter((pull) => {
        if (state !== "all" && pull.issue.state !== state) return false;
        if (base !== undefined && pull.base.branch !== base) return false;
        return (
          head === undefined ||
          head === pull.head.branch ||
          head === `${pull.head.repository?.owner.login}:${pull.head.branch}`
        );
      });
    const key = ({ issue }: PullRequest): number =>
      sort === "updated" ? issue.updatedAt.getTime() : sort === "popularity" ? issue.comments.length : issue.number;
    const order = (direction ?? (sort === "created" ? "desc" : "asc")) === "asc" ? 1 : -1;
    pulls.sort((one, other) => order * (key(one) - key(other)) || order * (one.issue.number - other.issue.number));
    return paged(request, pulls, (pull) => presentPull(forge, pull));
  }),
  inRepository("pulls/create", toWrite("read", "pull_requests"), async (request) => {
    const { forge, repository, body } = request;
    const { head, headRepository } = findHead(forge, repository, body.head);
    requireAccess(request.caller, headRepository, toWrite("write", "pull_requests", "contents"));
    if (body.title === undefined) throw invalid({ resource: "PullRequest", field: "title", code: "missing_field" });
    const wanted = {
      repository,
      title: body.title,
      body: body.body ?? null,
      head,
      headRepository,
      base: body.base,
      draft: body.draft ?? false,
    };
    return created(await presentPullInFull(forge, await openPull(forge, wanted, actorOf(request))));
  }),
  inRepository("pulls/get", toReadPulls, async ({ forge, repository, parameters, accept }) => {
    const pull = requirePull(repository, parameters.pull_number);
    const directory = gitDirectory(forge, repository);
    const from = await findMergeBase(directory, pull.base.commit, pull.head.commit);
    return (
      (await answerPlain(directory, { from, to: pull.head.commit }, accept)) ?? ok(await presentPullInFull(forge, pull))
    );
  }),
  inRepository("pulls/update", toWriteOwn, async (request) => {
    const { forge, repository, parameters, body, caller } = request;
    const pull = requirePull(repository, parameters.pull_number);
    requireAuthorOrWriter(caller, repository, pull.issue.author);
    const actor = actorOf(request);
    await editIssue(forge, { issue: pull.issue, ...pick(body) }, actor);
    if (body?.base !== undefined) await changeBase(forge, { pull, base: body.base }, actor);
    if (body?.state === "closed") await closeIssue(forge, { issue: pull.issue }, actor);
    if (body?.state === "open") await reopenIssue(forge, pull.issue, actor);
    return ok(await presentPullInFull(forge, pull));
  }),
  inRepository("pulls/list-commits", toReadPulls, async (request) => {
    const { forge, repository, parameters } = request;
    const commits = await commitsOf(forge, requirePull(repository, parameters.pull_number));
    // GitHub lists no more than 250.
    return paged(request, commits.slice(0, 250), (commit) => presentCommit(forge, repository, commit));
  }),
  inRepository("pulls/list-files", toReadPulls, async (request) => {
    const { forge, repository, parameters } = request;
    const pull = requirePull(repository, parameters.pull_number);
    const files = await filesOf(forge, pull, { patches: true });
    return paged(request, files.slice(0, 3000), (file) =>
      presentChangedFile(forge, { repository, commit: pull.head.commit, file }),
    );
  }),
  inRepository("pulls/check-if-merged", toReadPulls, ({ repository, parameters }) => {
    if (requirePull(repository, parameters.pull_number).merged === null) throw notFound();
    return done();
  }),
  inRepository("pulls/merge", toWrite("write", "contents"), async (request) => {
    const { forge, repository, parameters, body } = request;
    const pull = requirePull(repository, parameters.pull_number);
    const {
      merge_method: method = "merge",
      commit_title: title,
      commit_message: message,
      sha: expectedHead,
    } = body ?? {};
    const sha = await mergePull(forge, { pull, method, title, message, expectedHead }, actorOf(request));
    return ok({ sha, merged: true, message: "Pull Request successfully merged" });
  }),
  inRepository("pulls/update-branch", toWritePulls, async (request) => {
    const { forge, repository, parameters, body } = request;
    const pull = requirePull(repository, parameters.pull_number);
    if (body?.expected_head_sha !== undefined && body.expected_head_sha !== pull.head.commit) {
      throw new Refusal(422, "expected head sha didn’t match current head ref.");
    }
    await updateBranch(forge, pull, request);
    return { status: 202, body: { message: "Updating pull request branch.", url: request.forge.web } };
  }),
  inRepository("pulls/list-requested-reviewers", toReadPulls, ({ forge, repository, parameters }) => {
    const { requestedReviewers } = requirePull(repository, parameters.pull_number);
    return ok({ users: requestedReviewers.map((account) => presentAccount(forge, account)), teams: [] });
  }),
  inRepository("pulls/request-reviewers", toWritePulls, async (request) => {
    const { forge, repository, parameters, body } = request;
    const pull = requirePull(repository, parameters.pull_number);
    const reviewers = requirePeople(forge, body?.reviewers ?? []);
    await requestReviewers(forge, { pull, reviewers }, actorOf(request));
    return created(presentPull(forge, pull));
  }),
  inRepository("pulls/remove-requested-reviewers", toWritePulls, async (request) => {
    const { forge, repository, parameters, body } = request;
    const pull = requirePull(repository, parameters.pull_number);
    await removeReviewers(forge, { pull, reviewers: requirePeople(forge, body.reviewers) }, actorOf(request));
    return ok(presentPull(forge, pull));
  }),
];

export function requirePull(repository: Repository, number: number): PullRequest {
  const pull = repository.issues.get(number)?.pull;
  if (!pull) throw notFound();
  return pull;
}

/** Reads `branch` and `owner:branch`: the owner's is the repository itself, or its fork. */
function findHead(forge: Forge, repository: Repository, text: string): { head: string; headRepository: Repository } {
  const [, login, head = text] = /^([^:]+):(.+)$/s.exec(text) ?? [];
  if (login === undefined || login.toLowerCase() === repository.owner.login.toLowerCase())
    return { head, headRepository: repository };
  const fork = [...forge.state.repositories.values()].find(({ parent, owner }) => {
    return parent === repository && owner.login.toLowerCase() === login.toLowerCase();
  });
  if (fork === undefined) throw invalid({ resource: "PullRequest", field: "head", code: "invalid" });
  return { head, headRepository: fork };
}

/** Throws unless the caller wrote it or may write to the repository. An app's permission was looked at before. */
export function requireAuthorOrWriter(caller: Caller, repository: Repository, author: Account): void {
  if (caller.kind === "installation" || (caller.kind === "user" && caller.account === author)) return;
  requireAccess(caller, repository, { role: "write", permissions: [] });
}

function requirePeople({ state }: Forge, logins: readonly string[]): Account[] {
  return logins.map((login) => {
    const account = findAccount(state, login);
    if (account !== null) return account;
    throw new Refusal(
      422,
      "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.",
    );
  });
}

function pick(body: { title?: string; body?: string } | undefined) {
  return {
    ...(body?.title === undefined ? {} : { title: body.title }),
    ...(body?.body === undefined ? {} : { body: body.body }),
  };
}

/** Merges the base into the head. */
async function updateBranch(forge: Forge, pull: PullRequest, { caller }: { caller: Caller }): Promise<void> {
  const { repository } = pull.issue;
  const directory = gitDirectory(forge, repository);
  const base = await tipOf(forge, repository, pull.base.branch);
  if (base === null || (await findMergeBase(directory, base, pull.head.commit)) === base) {
    throw new Refusal(422, "There are no new commits on the base branch.");
  }
  const merged = await mergeTrees(directory, pull.head.commit, base);
  if ("conflicts" in merged) throw new Refusal(422, "merge conflict between base and head");
  const actor = actorOf({ caller });
  const to = await writeCommit(directory, {
    tree: merged.tree,
    parents: [pull.head.commit, base],
    author: signatureOf(forge, actor.account),
    committer: webSignature(forge),
    message: `Merge branch '${pull.base.branch}' into ${pull.head.branch}`,
  });
  const { repository: target } = pull.head;
  if (target === null) throw new Refusal(422, "head repository does not exist");
  if (target !== repository) await fetchCommit(gitDirectory(forge, target), directory, to);
  const changes = [{ ref: `refs/heads/${pull.head.branch}`, from: pull.head.commit, to }];
  await changeRefs(forge, { repository: target, changes }, actor);
}
