import { UserError } from "../domain/errors.ts";
import type { Ancestry } from "../domain/ledger/direct-commits.ts";
import type { Clone } from "./open-clone.ts";
import { reasonOf, startGit } from "./run-git.ts";

/** The parents of each commit that one reaches, itself among them, the newest first. Throws a UserError where git cannot read it all. */
export function readAncestry(clone: Clone, head: string): Promise<Ancestry> {
  return readParents(clone, [head]);
}

/** The parents of each commit of a range, those outside among them; no commit comes behind one of its parents. Throws as `readAncestry`. */
export function readAncestryOfRange(clone: Clone, revisions: readonly string[]): Promise<Ancestry> {
  return readParents(clone, ["--topo-order", ...revisions]);
}

async function readParents({ directory }: Clone, selection: readonly string[]): Promise<Ancestry> {
  const git = await startGit(directory, ["rev-list", "--parents", ...selection, "--"]);
  const parents = new Map<string, readonly string[]>();
  let unread = "";
  try {
    for await (const chunk of git.stdout) {
      const lines = (unread + chunk.toString("latin1")).split("\n");
      unread = lines.pop() ?? "";
      for (const line of lines) {
        const [sha = "", ...others] = line.split(" ");
        parents.set(sha, others);
      }
    }
    const { status, stderr } = await git.ended;
    if (status === 0) return parents;
    throw new UserError(`git could not read all of the history in ${directory}: ${reasonOf(stderr)}`);
  } finally {
    git.stop();
  }
}
