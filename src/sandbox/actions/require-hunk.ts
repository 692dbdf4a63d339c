import { type Forge, gitDirectory } from "../forge.ts";
import { findMergeBase } from "../git/ancestry.ts";
import { diffFiles } from "../git/changed-files.ts";
import type { PullRequest } from "../model/issue.ts";
import { invalid } from "../refusal.ts";
import type { LineComment } from "./reviews.ts";

/** The piece of the diff that ends with the line. Throws where the line is not in the diff. */
export async function requireHunk(
  forge: Forge,
  pull: PullRequest,
  { path, line, side = "RIGHT" }: LineComment,
): Promise<string> {
  const directory = gitDirectory(forge, pull.issue.repository);
  const from = await findMergeBase(directory, pull.base.commit, pull.head.commit);
  const files = await diffFiles(directory, { from, to: pull.head.commit, patches: true });
  const file = files.find((changed) => changed.path === path);
  const resource = "PullRequestReviewComment";
  if (file === undefined)
    throw invalid({ resource, field: "path", code: "custom", message: "path could not be resolved" });
  if (line === null) return "";
  const hunk = cutHunk(file.patch ?? "", line, side);
  if (hunk !== null) return hunk;
  throw invalid({ resource, field: "line", code: "custom", message: "line must be part of the diff" });
}

/** A hunk from its `@@` line down to one line of the old (LEFT) or the new file (RIGHT); null where it has none such. */
function cutHunk(patch: string, line: number, side: "LEFT" | "RIGHT"): string | null {
  let hunk: string[] = [];
  let numbers = { LEFT: 0, RIGHT: 0 };
  for (const text of patch.split("\n")) {
    const [, left, right] = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text) ?? [];
    if (left !== undefined && right !== undefined) {
      hunk = [text];
      numbers = { LEFT: Number(left), RIGHT: Number(right) };
      continue;
    }
    hunk.push(text);
    const isThere = text.startsWith(" ") || text.startsWith(side === "LEFT" ? "-" : "+");
    if (isThere && numbers[side] === line) return hunk.join("\n");
    if (!text.startsWith("+")) numbers.LEFT += 1;
    if (!text.startsWith("-")) numbers.RIGHT += 1;
  }
  return null;
}
