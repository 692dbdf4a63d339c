import type { Commit } from "../domain/credit/commit.ts";
import { comparePages, pageSize } from "./compare-pages.ts";
import type { Reader } from "./create-reader.ts";
import type { Place } from "./place.ts";

/** A tag, and the commit that it leads to. */
export interface TagOnGitHub {
  readonly name: string;
  readonly sha: string;
}

/** What a range holds. */
export interface RangeOnGitHub {
  /** Newest first, as git lists them. */
  readonly commits: readonly Commit[];
  /** The commit from which on it counts, and when it was made; null where it goes back to the beginning. */
  readonly before: { readonly sha: string; readonly moment: Date } | null;
}

/** The repository by its names of now. Throws what GitHubClient throws. */
export async function readRepositoryByName(
  { rest }: Reader,
  { owner, name }: Place,
): Promise<Place & { readonly url: string; readonly id: number }> {
  const { data } = await rest.repos.get({ owner, repo: name });
  return { owner: data.owner.login, name: data.name, url: data.html_url, id: data.id };
}

/** All tags, in no order that means anything. Throws what GitHubClient throws. */
export async function readTagsOfRepository(
  { rest, paginate }: Reader,
  { owner, name: repo }: Place,
): Promise<readonly TagOnGitHub[]> {
  const tags = await paginate(rest.repos.listTags, { owner, repo, per_page: pageSize });
  return tags.map(({ name, commit }) => ({ name, sha: commit.sha }));
}

/**
 * The commits that `to` holds and `from` does not, or all of them where that is null; each end is a commit's id, a branch or
 * anything else that names one. Throws what GitHubClient throws, NotThere where an end is none.
 */
export async function readRange(
  { request, rest, paginate }: Reader,
  { owner, name, from, to }: Place & { readonly from: string | null; readonly to: string },
): Promise<RangeOnGitHub> {
  if (from === null) {
    const commits = await paginate(rest.repos.listCommits, { owner, repo: name, sha: to, per_page: pageSize });
    return { commits: commits.map(toCommit), before: null };
  }
  const commits: Commit[] = [];
  let before: RangeOnGitHub["before"] = null;
  for await (const page of comparePages({ request }, { owner, name, from, to })) {
    commits.push(...page.commits.map(toCommit));
    const { sha, commit } = page.base;
    const date = commit.committer?.date ?? commit.author?.date;
    before = { sha, moment: new Date(date ?? Number.NaN) };
  }
  return { commits: commits.toReversed(), before };
}

/** The paths that a commit changes. Throws what GitHubClient throws. */
export async function readPathsOfCommit(
  { rest }: Reader,
  { owner, name: repo, sha }: Place & { readonly sha: string },
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await rest.repos.getCommit({ owner, repo, ref: sha, per_page: pageSize, page });
    const files = data.files ?? [];
    paths.push(...files.map(({ filename }) => filename));
    if (files.length < pageSize) return paths;
  }
}

interface CommitInRest {
  readonly sha: string;
  readonly commit: {
    readonly message: string;
    readonly author: { readonly name?: string | null | undefined; readonly email?: string | null | undefined } | null;
  };
}

function toCommit({ sha, commit: { message, author } }: CommitInRest): Commit {
  return { id: sha, message, author: { name: author?.name ?? "", address: author?.email ?? "" } };
}
