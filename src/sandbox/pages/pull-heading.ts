import { commitsOf } from "../actions/pulls.ts";
import type { Forge } from "../forge.ts";
import type { PullRequest } from "../model/issue.ts";
import { filesOf } from "../present/pull.ts";
import { sumChanges } from "./diff-view.ts";
import { issuePath } from "./paths.ts";

/** What stands above each page of a pull request: its branches and its own tabs. */
export async function pullHeading(forge: Forge, pull: PullRequest, current: "conversation" | "commits" | "files") {
  const [commits, files] = await Promise.all([commitsOf(forge, pull), filesOf(forge, pull, { patches: false })]);
  const path = issuePath(pull.issue);
  const shown = pull.reviews.filter(({ state, body }) => state !== "PENDING" && body !== "").length;
  const comments = pull.issue.comments.length + pull.reviewComments.length + shown;
  return {
    base: pull.base.branch,
    head: nameHead(pull),
    isMerged: pull.merged !== null,
    sum: sumChanges(files),
    tabs: [
      { name: "Conversation", href: path, count: comments, isCurrent: current === "conversation" },
      { name: "Commits", href: `${path}/commits`, count: commits.length, isCurrent: current === "commits" },
      { name: "Files", href: `${path}/files`, count: files.length, isCurrent: current === "files" },
    ],
  };
}

/** A branch by its name, and one of a fork with whose it is. */
function nameHead({ issue, head }: PullRequest): string {
  if (head.repository === issue.repository) return head.branch;
  return `${head.repository?.owner.login ?? "a deleted fork"}:${head.branch}`;
}
