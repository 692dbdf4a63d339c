import { gitIn } from "./git-in.ts";
import { requireObjectIds } from "./object-ids.ts";

/** How much a commit changed against its first parent. */
export interface CommitSize {
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

/** The sizes of many commits in one process, in the order asked for; of a commit without parents that of all it has. */
export async function measureCommits(
  directory: string,
  commits: readonly { readonly sha: string; readonly parents: readonly string[] }[],
): Promise<CommitSize[]> {
  requireObjectIds(...commits.flatMap(({ sha, parents }) => [sha, ...parents]));
  // A line with parents is compared with them and not with those that the commit has.
  const input = commits.map(({ sha, parents }) => `${[sha, ...parents.slice(0, 1)].join(" ")}\n`).join("");
  const args = [
    "diff-tree",
    "--stdin",
    "--root",
    "-r",
    "--numstat",
    "--find-renames",
    "--no-ext-diff",
    "--no-textconv",
  ];
  const { stdout } = await gitIn(directory, args, { input });
  const sizes = new Map<string, CommitSize>();
  let current = "";
  for (const line of stdout.toString("latin1").split("\n")) {
    const [added = "", deleted] = line.split("\t", 2);
    if (deleted === undefined) {
      current = line.slice(0, 40);
      sizes.set(current, none);
      continue;
    }
    const { additions, deletions, changedFiles } = sizes.get(current) ?? none;
    sizes.set(current, {
      additions: additions + countOf(added),
      deletions: deletions + countOf(deleted),
      changedFiles: changedFiles + 1,
    });
  }
  return commits.map(({ sha }) => sizes.get(sha) ?? none);
}

const none: CommitSize = { additions: 0, deletions: 0, changedFiles: 0 };

/** Of a binary file git writes a hyphen. */
function countOf(text: string): number {
  return text === "-" ? 0 : Number(text);
}
