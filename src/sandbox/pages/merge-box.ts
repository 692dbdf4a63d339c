import { tipOf } from "../actions/change-refs.ts";
import { composeMergeMessage } from "../actions/merge-message.ts";
import { isMergeable } from "../actions/pulls.ts";
import type { Forge } from "../forge.ts";
import type { PullRequest } from "../model/issue.ts";
import { entryOf, queueFor } from "../model/merge-queue.ts";
import { commitPath } from "./paths.ts";
import { personOf } from "./person.ts";

interface MergeBoxTools {
  readonly rights: { readonly merge: boolean };
  readonly typed: Readonly<Record<string, string>>;
}

/** How a pull request can be merged, with the words that GitHub would propose; or what became of it. */
export async function viewMergeBox(forge: Forge, pull: PullRequest, { rights, typed }: MergeBoxTools) {
  const { issue, merged, head } = pull;
  const { repository } = issue;
  const isOpen = issue.state === "open";
  const mergeable = await isMergeable(forge, pull);
  const hasBranch = !isOpen && head.repository === repository && (await tipOf(forge, repository, head.branch)) !== null;
  const { allowMergeCommit, allowSquashMerge, allowRebaseMerge } = repository.merging;
  const allowed = { merge: allowMergeCommit, squash: allowSquashMerge, rebase: allowRebaseMerge };
  const queue = isOpen ? viewQueue(pull, rights.merge && mergeable === true && !pull.draft) : null;
  const methods = [];
  for (const method of ["merge", "squash", "rebase"] as const) {
    if (queue !== null || !allowed[method] || mergeable !== true || pull.draft || !rights.merge) continue;
    const words = await composeMergeMessage(forge, pull, method);
    const isTyped = typed["method"] === method;
    methods.push({
      method,
      is: { [method]: true },
      title: isTyped ? (typed["title"] ?? "") : words.title,
      message: isTyped ? (typed["message"] ?? "") : words.body,
      isOpen: typed["method"] === undefined ? methods.length === 0 : isTyped,
    });
  }
  return {
    isOpen,
    draft: pull.draft,
    hasConflicts: mergeable === false,
    mayMerge: rights.merge,
    queue,
    methods,
    head: head.commit,
    branch: head.branch,
    mayDelete: hasBranch && rights.merge && head.branch !== repository.defaultBranch,
    merged:
      merged === null
        ? null
        : {
            by: personOf(forge, merged.by),
            at: merged.at,
            short: merged.commit.slice(0, 7),
            href: commitPath(repository, merged.commit),
          },
  };
}

/** Where the pull request stands in line, or that it can be put there; null where its base has no queue. */
function viewQueue(pull: PullRequest, mayEnqueue: boolean) {
  const queue = queueFor(pull);
  const entry = entryOf(pull);
  if (queue === null && entry === null) return null;
  const place = entry === null ? null : entry.queue.entries.indexOf(entry) + 1;
  return { place, isFirst: place === 1, mayEnqueue: place === null && mayEnqueue };
}
