import { parseCommitRecords, recordOptions } from "./commit-records.ts";
import type { GitCommit } from "./commits.ts";
import { gitIn } from "./git-in.ts";
import { requireObjectIds } from "./object-ids.ts";
import { isPlainPath } from "./paths.ts";

/** Which commits: those that `include` reaches and `exclude` does not, both ids of commits. */
export interface CommitRange {
  readonly include: readonly string[];
  readonly exclude?: readonly string[] | undefined;
}

/** Which of them to list. */
export interface CommitSelection extends CommitRange {
  /** Only what touched one of these files or folders. */
  readonly paths?: readonly string[] | undefined;
  /** Only by authors in whose `Name <address>` one of these texts stands, in whatever case. */
  readonly authors?: readonly string[] | undefined;
  /** Only committed from and to these times. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  /** How many of the newest to leave out, and how many to list at most. */
  readonly skip?: number | undefined;
  readonly limit?: number | undefined;
  /** Oldest first, and no commit before its parents; which ones are listed stays the same. */
  readonly reverse?: boolean | undefined;
  readonly firstParent?: boolean | undefined;
}

/** Lists commits, newest first, in one process. Throws an Error where an id is of no commit. */
export async function listCommits(directory: string, selection: CommitSelection): Promise<GitCommit[]> {
  const { include, exclude = [], paths, authors, since, until, skip, limit } = selection;
  requireObjectIds(...include, ...exclude);
  const plainPaths = paths?.filter(isPlainPath);
  if (include.length === 0 || plainPaths?.length === 0 || authors?.length === 0) return [];
  const { stdout } = await gitIn(
    directory,
    [
      "rev-list",
      ...recordOptions,
      ...(authors === undefined ? [] : ["--fixed-strings", "--regexp-ignore-case"]),
      ...(authors ?? []).map((author) => `--author=${author.replace(/[\n\0]/g, " ")}`),
      ...(since === undefined ? [] : [`--max-age=${seconds(since)}`]),
      ...(until === undefined ? [] : [`--min-age=${seconds(until)}`]),
      ...(skip === undefined ? [] : [`--skip=${skip}`]),
      ...(limit === undefined ? [] : [`--max-count=${limit}`]),
      ...(selection.reverse === true ? ["--topo-order", "--reverse"] : []),
      ...(selection.firstParent === true ? ["--first-parent"] : []),
      "--stdin",
      "--",
      ...(plainPaths ?? []),
    ],
    { input: revisionLines({ include, exclude }) },
  );
  return parseCommitRecords(stdout).commits;
}

/** How many commits there are in a range. */
export async function countCommits(directory: string, { include, exclude = [] }: CommitRange): Promise<number> {
  requireObjectIds(...include, ...exclude);
  if (include.length === 0) return 0;
  const input = revisionLines({ include, exclude });
  const { stdout } = await gitIn(directory, ["rev-list", "--count", "--stdin"], { input });
  return Number(stdout.toString("latin1"));
}

function revisionLines({ include, exclude = [] }: CommitRange): string {
  return [...include, ...exclude.map((sha) => `^${sha}`)].map((revision) => `${revision}\n`).join("");
}

function seconds(date: Date): number {
  return Math.max(0, Math.floor(date.getTime() / 1000));
}
