import type { Context, Fields } from "../context.ts";
import { Problem } from "../problem.ts";
import { branchMutations } from "./mutations/branches.ts";
import { commentMutations } from "./mutations/comments.ts";
import { issueMutations } from "./mutations/issues.ts";
import { mergeQueueMutations } from "./mutations/merge-queue.ts";
import { pullMutations } from "./mutations/pulls.ts";
import { refMutations } from "./mutations/update-refs.ts";

/** Fields of inputs that ask for what the sandbox does not have: they are refused before anything is done. */
const unsupported: Readonly<Record<string, readonly string[]>> = {
  createIssue: ["projectIds", "issueTemplate", "parentIssueId"],
  updateIssue: ["projectIds"],
  closeIssue: ["duplicateIssueId"],
  updatePullRequest: ["projectIds"],
  mergePullRequest: ["authorEmail"],
  enqueuePullRequest: ["jump"],
  addPullRequestReview: ["comments"],
  requestReviews: ["teamIds"],
};

interface Input {
  readonly [field: string]: unknown;
  readonly clientMutationId?: string | null;
}

export const mutation: Fields<object> = Object.fromEntries(
  Object.entries({
    ...commentMutations,
    ...issueMutations,
    ...pullMutations,
    ...branchMutations,
    ...refMutations,
    ...mergeQueueMutations,
  }).map(([name, run]) => [
    name,
    async (_source: object, { input }: { input: Input }, context: Context) => {
      const other = unsupported[name]?.find((field) => input[field] !== null && input[field] !== undefined);
      if (other !== undefined) throw new Problem("NOT_IMPLEMENTED", `No support for ${other} of Mutation.${name}`);
      // The schema has checked the input against the mutation.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const payload = await run(context, input as never);
      // What was read before is no longer so.
      context.git.forget();
      return { clientMutationId: input.clientMutationId ?? null, ...payload };
    },
  ]),
);
