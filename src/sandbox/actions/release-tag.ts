import { type Actor, type Forge, gitDirectory } from "../forge.ts";
import { readCommits } from "../git/commits.ts";
import { isObjectId } from "../git/object-ids.ts";
import { isValidRefName } from "../git/ref-names.ts";
import { readRef } from "../git/refs.ts";
import { resolveCommit } from "../git/resolve-commit.ts";
import type { Repository } from "../model/repository.ts";
import { type FieldError, invalid, Refusal } from "../refusal.ts";
import { changeRefsInTurn } from "./change-refs.ts";

/** What a release says about where it is. */
export interface TagToHave {
  readonly repository: Repository;
  readonly tagName: string;
  readonly targetCommitish: string;
  readonly draft: boolean;
}

/** The commits of a release, as they were found. */
interface FoundTag {
  /** Where the tag leads; null where it is not there. */
  readonly commit: string | null;
  /** Where it shall be made in that case. */
  readonly target: string;
}

const unfit: FieldError = {
  resource: "Release",
  code: "custom",
  field: "tag_name",
  message: "tag_name is not a valid tag",
};
const untagged: FieldError = {
  resource: "Release",
  code: "custom",
  message: "Published releases must have a valid tag",
};
const aimless: FieldError = { resource: "Release", code: "invalid", field: "target_commitish" };

/**
 * Finds the tag of a release and the commit it would be made at. Throws a Refusal with GitHub's list of mistakes where
 * the tag's name is none, or where what is named as target is neither a branch nor a commit's id.
 */
export async function findTag(forge: Forge, { repository, tagName, targetCommitish, draft }: TagToHave) {
  const directory = gitDirectory(forge, repository);
  if (tagName.trim() === "") throw invalid({ resource: "Release", code: "missing_field", field: "tag_name" });
  if (!isValidRefName(`refs/tags/${tagName}`)) throw invalid(unfit, ...(draft ? [] : [untagged]));
  if ((await resolveCommit(directory, "HEAD")) === null) throw new Refusal(422, "Repository is empty.");
  const tag = await readRef(directory, `refs/tags/${tagName}`);
  const commit = tag === null ? null : await resolveCommit(directory, tag.name);
  // A tag may be of anything that git keeps.
  if (tag !== null && commit === null && !draft) throw invalid(unfit, untagged);
  const target = isObjectId(targetCommitish)
    ? await resolveCommit(directory, targetCommitish)
    : await findBranch(directory, targetCommitish);
  if (target === null) throw invalid(...(commit === null && !draft ? [unfit, untagged] : []), aimless);
  return { commit, target } satisfies FoundTag;
}

async function findBranch(directory: string, name: string): Promise<string | null> {
  return (await readRef(directory, `refs/heads/${name.replace(/^refs\/heads\//, "")}`))?.sha ?? null;
}

/** Makes the tag where it is not there yet, and gives its commit. For whoever has the repository's turn. */
export async function makeTag(
  forge: Forge,
  { repository, tagName, found }: { repository: Repository; tagName: string; found: FoundTag },
  actor: Actor,
): Promise<string> {
  if (found.commit !== null) return found.commit;
  const change = { ref: `refs/tags/${tagName}`, from: null, to: found.target };
  await changeRefsInTurn(forge, { repository, changes: [change] }, actor);
  return found.target;
}

/** When a commit was made. */
export async function dateOf(forge: Forge, repository: Repository, sha: string): Promise<Date> {
  const [commit] = await readCommits(gitDirectory(forge, repository), [sha]);
  return commit?.committer.date ?? forge.clock();
}
