import type { Account } from "../../model/account.ts";
import type { Comment, Issue, PullRequest, Review, ReviewComment } from "../../model/issue.ts";
import type { Label, Milestone, Repository } from "../../model/repository.ts";
import type { Node } from "../../model/state.ts";
import type { Context } from "../context.ts";
import { Problem } from "../problem.ts";
import { requireVisible } from "./query.ts";

/** What a mutation can be told to change, by its type in GitHub's schema. */
interface Targets {
  readonly Repository: Repository;
  readonly Issue: Issue;
  readonly PullRequest: PullRequest;
  readonly IssueComment: Comment;
  readonly PullRequestReview: Review;
  readonly PullRequestReviewComment: ReviewComment;
  readonly Label: Label;
  readonly Milestone: Milestone;
  readonly User: Account;
  readonly Bot: Account;
}

export type Target<Type extends keyof Targets> = {
  [Each in Type]: { readonly type: Each; readonly value: Targets[Each] };
}[Type];

/** What an id names, of one of some types. Throws GitHub's Problem where it is not there, or of another type. */
export async function findTarget<Type extends keyof Targets & Node["type"]>(
  context: Context,
  id: string,
  types: readonly Type[],
): Promise<Target<Type>> {
  // Who may write to a pull request as to an issue need not be granted to read it.
  const node = requireVisible(context, id);
  const type = types.find((one) => one === node.type);
  if (type === undefined) {
    throw new Problem("NOT_FOUND", `Could not resolve to ${types.join(" or ")} node with the global id of '${id}'.`);
  }
  // The type says which value it is.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { type, value: node.value } as Target<Type>;
}

/** The same for several ids of one type. */
export async function findTargets<Type extends keyof Targets & Node["type"]>(
  context: Context,
  ids: readonly string[],
  type: Type,
): Promise<Targets[Type][]> {
  const found = await Promise.all([...new Set(ids)].map((id) => findTarget(context, id, [type])));
  return found.map(({ value }) => value);
}

/** An issue, or a pull request's conversation. */
export async function findConversation(context: Context, id: string): Promise<Issue> {
  const { type, value } = await findTarget(context, id, ["Issue", "PullRequest"]);
  return type === "Issue" ? value : value.issue;
}

export async function findPull(context: Context, id: string): Promise<PullRequest> {
  return (await findTarget(context, id, ["PullRequest"])).value;
}
