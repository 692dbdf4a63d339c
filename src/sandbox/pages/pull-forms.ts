import type { Hono } from "hono";
import { deleteHead, mergePull } from "../actions/merge-pull.ts";
import { dequeuePull, enqueuePull } from "../actions/merge-queue.ts";
import { setDraft } from "../actions/pulls.ts";
import { addReview, addReviewComment, replyToComment, type Verdict } from "../actions/reviews.ts";
import { invalid } from "../refusal.ts";
import { pullOf } from "./conversation-page.ts";
import { act, type Deed } from "./issue-pages.ts";
import type { Site } from "./site.ts";
import { requireRight, rightsOf } from "./speaker.ts";

const path = "/:owner/:repository/pull/:number{[0-9]+}";

/** What can be done with pull requests besides talking: reviews, and merges. */
export function addPullForms(app: Hono, site: Site): void {
  app.post(`${path}/reviews`, async (context) => act(site, context, review(site)));
  app.post(`${path}/line-comments`, async (context) => act(site, context, commentOnLine(site)));
  app.post(`${path}/merge`, async (context) => act(site, context, merge(site)));
  app.post(`${path}/queue`, async (context) => act(site, context, queue(site)));
  app.post(`${path}/ready`, async (context) => act(site, context, makeReady(site)));
  app.post(`${path}/branch`, async (context) => act(site, context, deleteBranch(site)));
}

const verdicts: Readonly<Record<string, Verdict>> = {
  approve: "APPROVE",
  "request-changes": "REQUEST_CHANGES",
  "review-comment": "COMMENT",
};

function review({ forge }: Site): Deed {
  return async ({ issue, fields, actor }) => {
    requireRight(rightsOf(actor.account, issue).comment, issue.repository);
    const verdict = verdicts[fields["do"] ?? ""];
    if (verdict === undefined) throw invalid({ resource: "PullRequestReview", field: "event", code: "invalid" });
    const added = await addReview(forge, { pull: pullOf(issue), body: fields["body"] ?? "", verdict }, actor);
    return `#pullrequestreview-${added.id}`;
  };
}

function commentOnLine({ forge }: Site): Deed {
  return async ({ issue, fields, actor }) => {
    requireRight(rightsOf(actor.account, issue).comment, issue.repository);
    const pull = pullOf(issue);
    const { body = "", path: file = "", line = "", side, answers } = fields;
    const first = pull.reviewComments.find(({ id }) => id === Number(answers));
    const added =
      first === undefined
        ? await addReviewComment(
            forge,
            { pull, path: file, line: Number(line), side: side === "LEFT" ? "LEFT" : "RIGHT", body },
            actor,
          )
        : await replyToComment(forge, { comment: first, body }, actor);
    return `#discussion_r${added.id}`;
  };
}

function merge({ forge }: Site): Deed {
  return async ({ issue, fields, actor }) => {
    requireRight(rightsOf(actor.account, issue).merge, issue.repository);
    const method = (["merge", "squash", "rebase"] as const).find((one) => one === fields["method"]);
    if (method === undefined) throw invalid({ resource: "PullRequest", field: "merge_method", code: "invalid" });
    const { title, message, head } = fields;
    await mergePull(
      forge,
      { pull: pullOf(issue), method, title: title?.trim() || undefined, message, expectedHead: head },
      actor,
    );
    return "#merge";
  };
}

function queue({ forge }: Site): Deed {
  return async ({ issue, fields, actor }) => {
    requireRight(rightsOf(actor.account, issue).merge, issue.repository);
    const pull = pullOf(issue);
    if (fields["do"] === "dequeue") await dequeuePull(forge, pull, actor);
    else await enqueuePull(forge, { pull, expectedHead: fields["head"] }, actor);
    return "#merge";
  };
}

function makeReady({ forge }: Site): Deed {
  return async ({ issue, actor }) => {
    requireRight(rightsOf(actor.account, issue).close, issue.repository);
    await setDraft(forge, { pull: pullOf(issue), draft: false }, actor);
    return "#merge";
  };
}

function deleteBranch({ forge }: Site): Deed {
  return async ({ issue, actor }) => {
    requireRight(rightsOf(actor.account, issue).merge && issue.state === "closed", issue.repository);
    await deleteHead(forge, pullOf(issue), actor);
    return "#merge";
  };
}
