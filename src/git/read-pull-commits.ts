import type { Commit } from "../domain/credit/commit.ts";
import { UserError } from "../domain/errors.ts";
import { isPort } from "../domain/release/ported-commit.ts";
import { pullOf } from "../domain/release/pull-of.ts";
import { offline } from "./offline.ts";
import type { Clone } from "./open-clone.ts";
import { type DatedCommit, readCommits } from "./read-commits.ts";
import { runGit } from "./run-git.ts";

/**
 * The commits by which pull requests first came into any branch or tag of the clone, by number: the squash, or the newest of
 * the commits that a merge brought, where one person wrote them all. Throws a UserError where git cannot read them.
 */
export async function readPullCommits(clone: Clone, numbers: readonly number[]): Promise<ReadonlyMap<number, Commit>> {
  const found = new Map<number, Commit>();
  if (numbers.length === 0) return found;
  const wanted = numbers.join("|");
  // By message, any line of which may be it; the title is looked at afterwards.
  const patterns = [`\\(#(${wanted})\\)[[:space:]]*$`, `^Merge pull request #(${wanted}) from `];
  const ids = await listIds(clone, ["--all", "-E", ...patterns.map((pattern) => `--grep=${pattern}`)]);
  if (ids === null)
    throw new UserError(`git could not look for pull requests in ${clone.directory}; git fsck tells more`);
  const candidates = (await readCommits(clone, ids)).filter((commit) => !isPort(toCommit(commit)));
  for (const number of numbers) {
    const ofPull = candidates.filter((commit) => pullOf(commit) === number);
    const [first] = ofPull
      .toReversed()
      .toSorted((left, right) => left.committedAt.getTime() - right.committedAt.getTime());
    const commit = first === undefined ? null : await readWork(clone, first);
    if (commit !== null) found.set(number, commit);
  }
  return found;
}

/** The commit that holds the work; null where several people's was merged, or the clone does not reach so far. */
async function readWork(clone: Clone, landed: DatedCommit): Promise<Commit | null> {
  if (landed.parents < 2) return toCommit(landed);
  const ids = await listIds(clone, ["--no-merges", "--topo-order", `${landed.sha}^1..${landed.sha}`]);
  const brought = await readCommits(clone, ids ?? []);
  const authors = new Set(brought.map(({ author }) => `${author.name}\n${author.address.toLowerCase()}`));
  const [newest] = brought;
  return newest === undefined || authors.size > 1 ? null : toCommit(newest);
}

function toCommit({ sha, author, message }: DatedCommit): Commit {
  return { id: sha, author, message };
}

/** Null where git cannot tell. */
async function listIds({ directory }: Clone, selection: readonly string[]): Promise<readonly string[] | null> {
  const { status, stdout } = await runGit(directory, ["rev-list", ...selection, "--"], { environment: offline });
  return status === 0 ? stdout.toString("latin1").split("\n").filter(Boolean) : null;
}
