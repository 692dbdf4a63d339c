import { dequeuePull, enqueuePull } from "../../../actions/merge-queue.ts";
import type { PullRequest } from "../../../model/issue.ts";
import { actorOf, type Context } from "../../context.ts";
import { requireWrite } from "../../permissions.ts";
import { findPull } from "../find-target.ts";

interface EnqueueInput {
  readonly pullRequestId: string;
  readonly expectedHeadOid?: string | null;
}

export const mergeQueueMutations = {
  enqueuePullRequest: async (context: Context, { pullRequestId, expectedHeadOid }: EnqueueInput) => {
    const pull = await findPull(context, pullRequestId);
    requireMerge(context, pull, "enqueuePullRequest");
    const wanted = { pull, expectedHead: expectedHeadOid ?? undefined };
    return { mergeQueueEntry: await enqueuePull(context.forge, wanted, actorOf(context)) };
  },
  /** Its `id` is the pull request's. */
  dequeuePullRequest: async (context: Context, { id }: { readonly id: string }) => {
    const pull = await findPull(context, id);
    requireMerge(context, pull, "dequeuePullRequest");
    return { mergeQueueEntry: await dequeuePull(context.forge, pull, actorOf(context)) };
  },
};

function requireMerge(context: Context, { issue }: PullRequest, mutation: string): void {
  requireWrite(context, issue.repository, { mutation, role: "write", permissions: [["contents", "write"]] });
}
