import { isObjectId } from "../../git/object-ids.ts";
import { resolveCommit } from "../../git/resolve-commit.ts";
import { readTag } from "../../git/tags.ts";
import { findEntry } from "../../git/trees.ts";
import type { Repository } from "../../model/repository.ts";
import type { Context } from "../context.ts";
import type { CommitObject, GitObjectNode, RefObject } from "../git-objects.ts";
import { requireRead } from "../permissions.ts";

/** The commit of an id; null where there is none. */
export async function toCommit({ git }: Context, repository: Repository, sha: string): Promise<CommitObject | null> {
  const commit = await git.commit(repository, sha);
  return commit === null ? null : { __typename: "Commit", repository, commit };
}

/** The ref of a full name; null where there is none. */
export async function toRef({ git }: Context, repository: Repository, name: string): Promise<RefObject | null> {
  const ref = (await git.refs(repository)).get(name);
  return ref === undefined ? null : { __typename: "Ref", repository, ref };
}

/** Reading git needs its permission. */
export async function readBranch(context: Context, repository: Repository, branch: string): Promise<RefObject | null> {
  requireRead(context, repository, "contents");
  return toRef(context, repository, `refs/heads/${branch}`);
}

/** Whatever has an object id; null where nothing has. */
export async function toObject(context: Context, repository: Repository, oid: string): Promise<GitObjectNode | null> {
  const { git } = context;
  const type = await git.typeOf(repository, oid);
  if (type === undefined) return null;
  if (type === "commit") return toCommit(context, repository, oid);
  if (type === "tree") return { __typename: "Tree", repository, oid, path: "" };
  if (type === "blob") return { __typename: "Blob", repository, oid };
  const tag = await git.once(repository, `tag ${oid}`, (directory) => readTag(directory, oid));
  return tag === null ? null : { __typename: "Tag", repository, tag };
}

/** What an expression as `HEAD`, `main`, `v1^{}` or `HEAD:folder/file` names; null where it names nothing. */
export async function findObject(
  context: Context,
  repository: Repository,
  expression: string,
): Promise<GitObjectNode | null> {
  const { git } = context;
  const colon = expression.indexOf(":");
  const revision = (colon === -1 ? expression : expression.slice(0, colon)).replace(/\^\{(?:commit)?\}$/, "");
  if (colon === -1 && isObjectId(revision)) return toObject(context, repository, revision);
  if (colon === -1) {
    const tag = (await git.refs(repository)).get(revision.startsWith("refs/") ? revision : `refs/tags/${revision}`);
    if (tag?.type === "tag" && revision === expression) return toObject(context, repository, tag.sha);
  }
  const sha = await git.once(repository, `commit at ${revision}`, (directory) => resolveCommit(directory, revision));
  if (sha === null) return null;
  if (colon === -1) return toCommit(context, repository, sha);
  const path = expression.slice(colon + 1).replace(/\/+$/, "");
  return findInTree(context, repository, { treeish: sha, path });
}

async function findInTree(
  { git }: Context,
  repository: Repository,
  { treeish, path }: { treeish: string; path: string },
): Promise<GitObjectNode | null> {
  const entry = await git.once(repository, `${treeish}:${path}`, (directory) => findEntry(directory, treeish, path));
  if (entry === null || entry.type === "commit") return null;
  const { sha: oid, type } = entry;
  return type === "tree" ? { __typename: "Tree", repository, oid, path } : { __typename: "Blob", repository, oid };
}
