import { UserError } from "../domain/errors.ts";
import { offline } from "./offline.ts";
import type { Clone } from "./open-clone.ts";
import { reasonOf, runGit } from "./run-git.ts";

/** What a commit changes. */
export interface ChangedPaths {
  /** Against its first parent; of a merge, what it brought. */
  readonly paths: readonly string[];
  readonly isMerge: boolean;
}

/** No path is empty: what stands between two NULs without anything in it ends a commit. */
const format = "%x00%H %P%x00";

/** The paths that some commits change, by their ids. Throws a UserError where git cannot read them. */
export async function readChangedPaths(
  { directory }: Clone,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ChangedPaths>> {
  if (ids.length === 0) return new Map();
  const args = ["log", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--name-only", "-z", "--no-renames"];
  const { status, stdout, stderr } = await runGit(
    directory,
    [...args, "--diff-merges=first-parent", `--format=${format}`],
    { input: `${ids.join("\n")}\n`, environment: offline },
  );
  if (status !== 0) {
    throw new UserError(
      `git could not tell what commits in ${directory} change: ${reasonOf(stderr)}; a clone without a filter knows`,
    );
  }
  return parse(stdout.toString().split("\0"));
}

function parse(pieces: readonly string[]): ReadonlyMap<string, ChangedPaths> {
  const changes = new Map<string, ChangedPaths>();
  for (let at = 0; at < pieces.length; ) {
    const head = /^([\da-f]{40,64}) ([\da-f ]*)$/.exec(pieces[at] ?? "");
    at += 1;
    if (head === null) continue;
    const paths: string[] = [];
    // Behind the empty piece that ends the head stands a line break, and then the first path; or the next commit.
    if (pieces[at + 1]?.startsWith("\n")) {
      at += 1;
      for (let piece = pieces[at]?.slice(1); piece; piece = pieces[at]) {
        paths.push(piece);
        at += 1;
      }
    }
    changes.set(head[1] ?? "", { paths, isMerge: (head[2] ?? "").includes(" ") });
  }
  return changes;
}
