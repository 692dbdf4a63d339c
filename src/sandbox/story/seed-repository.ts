import { followRefs } from "../actions/change-refs.ts";
import { createRepository, type RepositoryToCreate } from "../actions/repositories.ts";
import { gitDirectory } from "../forge.ts";
import { readRef } from "../git/refs.ts";
import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import { by, type DaysAgo } from "./told.ts";
import { type StoryCommit, writeHistory } from "./write-history.ts";

export interface RepositoryToSeed {
  readonly creator: Account;
  readonly wanted: RepositoryToCreate;
  /** Those on main are pushed at once; other branches are there, and pushed with pushBranch when the story comes to them. */
  readonly commits: readonly StoryCommit[];
}

/** Creates a repository with a history, a day before its first commit. */
export async function seedRepository(
  daysAgo: DaysAgo,
  { creator, wanted, commits }: RepositoryToSeed,
): Promise<Repository> {
  const days = commits.map((commit) => commit.daysAgo);
  const forge = daysAgo(Math.max(...days) + 1);
  const repository = await createRepository(forge, wanted, by(creator));
  await writeHistory(gitDirectory(forge, repository), commits, daysAgo);
  const last = commits.findLast(({ branch }) => branch === "main");
  if (last !== undefined) await pushBranch(daysAgo, repository, last);
  return repository;
}

/** Lets follow what follows when a branch is pushed whose commits are written already. */
export async function pushBranch(
  daysAgo: DaysAgo,
  repository: Repository,
  { branch, daysAgo: days, author }: Pick<StoryCommit, "branch" | "daysAgo" | "author">,
): Promise<void> {
  const forge = daysAgo(days);
  const ref = await readRef(gitDirectory(forge, repository), `refs/heads/${branch}`);
  if (ref === null) throw new Error(`the story has no branch ${branch}`);
  await followRefs(forge, { repository, changes: [{ ref: ref.name, from: null, to: ref.sha }] }, by(author));
}
