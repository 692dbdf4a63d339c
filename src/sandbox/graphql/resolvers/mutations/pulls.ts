import { closeIssue, editIssue, reopenIssue } from "../../../actions/issues.ts";
import { mergePull } from "../../../actions/merge-pull.ts";
import { changeBase, openPull, removeReviewers, requestReviewers, setDraft } from "../../../actions/pulls.ts";
import { addReview, type LineComment, submitReview, type Verdict } from "../../../actions/reviews.ts";
import type { PullRequest } from "../../../model/issue.ts";
import { actorOf, type Context } from "../../context.ts";
import { requireWrite } from "../../permissions.ts";
import { Problem } from "../../problem.ts";
import { findPull, findTarget, findTargets } from "../find-target.ts";
import { methodOf } from "../pull.ts";
import { edgeTo } from "./edge-to.ts";
import { applyWishes, asksForMore, given, readWishes, requireAuthor, requireTriage } from "./issues.ts";

interface CreatePullInput {
  readonly repositoryId: string;
  readonly headRepositoryId?: string | null;
  readonly baseRefName: string;
  readonly headRefName: string;
  readonly title: string;
  readonly body?: string | null;
  readonly draft?: boolean | null;
  readonly maintainerCanModify?: boolean | null;
}

interface UpdatePullInput {
  readonly pullRequestId: string;
  readonly title?: string | null;
  readonly body?: string | null;
  readonly baseRefName?: string | null;
  readonly state?: "OPEN" | "CLOSED" | null;
  readonly maintainerCanModify?: boolean | null;
  readonly labelIds?: readonly string[] | null;
  readonly assigneeIds?: readonly string[] | null;
  readonly milestoneId?: string | null;
}

interface MergeInput {
  readonly pullRequestId: string;
  readonly commitHeadline?: string | null;
  readonly commitBody?: string | null;
  readonly expectedHeadOid?: string | null;
  readonly mergeMethod?: string | null;
}

interface ReviewInput {
  readonly pullRequestId: string;
  readonly body?: string | null;
  readonly event?: string | null;
  readonly commitOID?: string | null;
  readonly threads?: readonly (Thread | null)[] | null;
}

interface Thread {
  readonly path: string;
  readonly body: string;
  readonly line: number;
  readonly side?: "LEFT" | "RIGHT" | null;
  readonly startLine?: number | null;
}

interface PullInput {
  readonly pullRequestId: string;
}

export const pullMutations = {
  createPullRequest: async (context: Context, input: CreatePullInput) => {
    const {
      repositoryId,
      headRepositoryId,
      baseRefName,
      headRefName,
      title,
      body = null,
      draft,
      maintainerCanModify,
    } = input;
    const { value: repository } = await findTarget(context, repositoryId, ["Repository"]);
    // There are no forks; to let maintainers push to one asks for nothing.
    void maintainerCanModify;
    if (headRepositoryId && headRepositoryId !== repository.nodeId)
      throw new Problem("NOT_IMPLEMENTED", "No pull requests from forks");
    requireWrite(context, repository, {
      mutation: "createPullRequest",
      role: "read",
      permissions: [["pull_requests", "write"]],
    });
    const head = headRefName.replace(/^refs\/heads\//, "").replace(new RegExp(`^${repository.owner.login}:`, "i"), "");
    const base = baseRefName.replace(/^refs\/heads\//, "");
    return {
      pullRequest: await openPull(
        context.forge,
        { repository, title, body, head, base, draft: draft === true },
        actorOf(context),
      ),
    };
  },
  updatePullRequest: async (context: Context, input: UpdatePullInput) => {
    const pull = await findPull(context, input.pullRequestId);
    const { title, body, state, baseRefName, maintainerCanModify } = input;
    const { issue } = pull;
    void maintainerCanModify;
    requireAuthor(context, issue, "updatePullRequest");
    if (asksForMore(input)) requireTriage(context, issue, "updatePullRequest");
    const wishes = await readWishes(context, issue.repository, input);
    const actor = actorOf(context);
    await editIssue(context.forge, { issue, ...given({ title, body }) }, actor);
    if (baseRefName) await changeBase(context.forge, { pull, base: baseRefName }, actor);
    await applyWishes(context, issue, wishes);
    if (state === "CLOSED") await closeIssue(context.forge, { issue }, actor);
    if (state === "OPEN") await reopenIssue(context.forge, issue, actor);
    return { pullRequest: pull, actor: actor.account };
  },
  closePullRequest: async (context: Context, { pullRequestId }: PullInput) => {
    const pull = await findOwnPull(context, pullRequestId, "closePullRequest");
    await closeIssue(context.forge, { issue: pull.issue }, actorOf(context));
    return { pullRequest: pull };
  },
  reopenPullRequest: async (context: Context, { pullRequestId }: PullInput) => {
    const pull = await findOwnPull(context, pullRequestId, "reopenPullRequest");
    await reopenIssue(context.forge, pull.issue, actorOf(context));
    return { pullRequest: pull };
  },
  markPullRequestReadyForReview: async (context: Context, { pullRequestId }: PullInput) => {
    const pull = await findOwnPull(context, pullRequestId, "markPullRequestReadyForReview");
    await setDraft(context.forge, { pull, draft: false }, actorOf(context));
    return { pullRequest: pull };
  },
  convertPullRequestToDraft: async (context: Context, { pullRequestId }: PullInput) => {
    const pull = await findOwnPull(context, pullRequestId, "convertPullRequestToDraft");
    await setDraft(context.forge, { pull, draft: true }, actorOf(context));
    return { pullRequest: pull };
  },
  mergePullRequest: async (context: Context, input: MergeInput) => {
    const pull = await findPull(context, input.pullRequestId);
    const { commitHeadline, commitBody, expectedHeadOid, mergeMethod } = input;
    requireWrite(context, pull.issue.repository, {
      mutation: "mergePullRequest",
      role: "write",
      permissions: [["contents", "write"]],
    });
    const wanted = {
      pull,
      method: methodOf(pull, mergeMethod ?? "MERGE"),
      title: commitHeadline ?? undefined,
      message: commitBody ?? undefined,
      expectedHead: expectedHeadOid ?? undefined,
    };
    const actor = actorOf(context);
    await mergePull(context.forge, wanted, actor);
    return { pullRequest: pull, actor: actor.account };
  },
  addPullRequestReview: async (context: Context, input: ReviewInput) => {
    const pull = await findPull(context, input.pullRequestId);
    const { body, event, commitOID, threads } = input;
    requireReview(context, pull, "addPullRequestReview");
    const comments = (threads ?? []).flatMap((thread) => (thread === null ? [] : [toLineComment(thread)]));
    const wanted = { pull, body: body ?? "", verdict: toVerdict(event), commit: commitOID ?? undefined, comments };
    const review = await addReview(context.forge, wanted, actorOf(context));
    return { pullRequestReview: review, reviewEdge: edgeTo(review) };
  },
  submitPullRequestReview: async (
    context: Context,
    input: { pullRequestId?: string | null; pullRequestReviewId?: string | null; event: string; body?: string | null },
  ) => {
    const { pullRequestId, pullRequestReviewId, event, body } = input;
    const review = pullRequestReviewId
      ? (await findTarget(context, pullRequestReviewId, ["PullRequestReview"])).value
      : (await findPull(context, pullRequestId ?? "")).reviews.find(
          (one) => one.state === "PENDING" && one.author === context.viewer,
        );
    if (review === undefined) throw new Problem("UNPROCESSABLE", "Could not find a pending review by the viewer.");
    requireReview(context, review.pull, "submitPullRequestReview");
    if (review.author !== context.viewer || review.state !== "PENDING") {
      throw new Problem("UNPROCESSABLE", "Can only submit a pending review of one's own.");
    }
    const verdict = toVerdict(event);
    if (verdict === null) throw new Problem("UNPROCESSABLE", "Can not dismiss a pending review.");
    await submitReview(context.forge, { review, body: body ?? review.body, verdict }, actorOf(context));
    return { pullRequestReview: review };
  },
  requestReviews: async (
    context: Context,
    {
      pullRequestId,
      userIds,
      union,
    }: { pullRequestId: string; userIds?: readonly string[] | null; union?: boolean | null },
  ) => {
    const pull = await findPull(context, pullRequestId);
    requireTriage(context, pull.issue, "requestReviews");
    const reviewers = await findTargets(context, userIds ?? [], "User");
    const actor = actorOf(context);
    if (union !== true) {
      const gone = pull.requestedReviewers.filter((account) => !reviewers.includes(account));
      await removeReviewers(context.forge, { pull, reviewers: gone }, actor);
    }
    await requestReviewers(context.forge, { pull, reviewers }, actor);
    const last = pull.requestedReviewers.at(-1);
    return {
      pullRequest: pull,
      actor: actor.account,
      requestedReviewersEdge: last === undefined ? null : edgeTo(last),
    };
  },
};

async function findOwnPull(context: Context, id: string, mutation: string): Promise<PullRequest> {
  const pull = await findPull(context, id);
  requireAuthor(context, pull.issue, mutation);
  return pull;
}

function requireReview(context: Context, { issue }: PullRequest, mutation: string): void {
  requireWrite(context, issue.repository, { mutation, role: "read", permissions: [["pull_requests", "write"]] });
}

/** None leaves the review pending. */
function toVerdict(event: string | null | undefined): Verdict | null {
  return event === "APPROVE" || event === "REQUEST_CHANGES" || event === "COMMENT" ? event : null;
}

function toLineComment({ path, body, line, side, startLine }: Thread): LineComment {
  return { path, body, line, side: side ?? "RIGHT", startLine: startLine ?? null };
}
