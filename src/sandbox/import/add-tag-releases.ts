import { readReleaseTag } from "../../domain/release/read-version.ts";
import { compareTags } from "../../domain/release/version-order.ts";
import { findByAddress } from "../actions/accounts.ts";
import { addRelease } from "../actions/releases.ts";
import { type Forge, gitDirectory } from "../forge.ts";
import { type GitCommit, readCommits } from "../git/commits.ts";
import { listRefs } from "../git/refs.ts";
import { type GitTag, readTags } from "../git/tags.ts";
import type { Repository } from "../model/repository.ts";

/** A tag of a commit. */
interface TaggedCommit {
  readonly name: string;
  readonly commit: GitCommit;
  /** Null where the tag is nothing but a name. */
  readonly tag: GitTag | null;
}

/**
 * Makes a release of each tag that leads to a commit, the oldest first: named as the tag, without a text, published when
 * the tag was made by who made it, as far as git knows. What its version calls so is a prerelease. Tells nobody, and
 * gives how many there are.
 */
export async function addTagReleases(forge: Forge, repository: Repository): Promise<number> {
  const tagged = await readTagged(forge, repository);
  const ordered = tagged.toSorted(
    (one, other) => dateOf(one).getTime() - dateOf(other).getTime() || compareTags(one.name, other.name),
  );
  for (const one of ordered) {
    const { name, commit, tag } = one;
    const date = dateOf(one);
    // Commits that are made on GitHub's pages are GitHub's, so whoever wrote them is taken.
    const account = findByAddress(forge.state, (tag?.tagger ?? commit.author).email) ?? repository.owner;
    const fields = {
      repository,
      tagName: name,
      targetCommitish: repository.defaultBranch,
      name,
      body: "",
      draft: false,
      prerelease: (readReleaseTag(name).version?.prerelease.length ?? 0) > 0,
      createdAt: commit.committer.date,
      publishedAt: date,
      updatedAt: date,
    };
    addRelease(forge, fields, { account, viaAppId: null });
  }
  return ordered.length;
}

async function readTagged(forge: Forge, repository: Repository): Promise<TaggedCommit[]> {
  const directory = gitDirectory(forge, repository);
  const refs = (await listRefs(directory, "refs/tags/")).filter(
    ({ type, peeled }) => type === "commit" || peeled?.type === "commit",
  );
  const [commits, tags] = await Promise.all([
    readCommits(
      directory,
      refs.map(({ sha, peeled }) => peeled?.sha ?? sha),
    ),
    readTags(
      directory,
      refs.map(({ sha }) => sha),
    ),
  ]);
  return refs.flatMap(({ name }, index) => {
    const commit = commits[index];
    return commit ? [{ name: name.slice("refs/tags/".length), commit, tag: tags[index] ?? null }] : [];
  });
}

function dateOf({ tag, commit }: TaggedCommit): Date {
  return tag?.tagger?.date ?? commit.committer.date;
}
