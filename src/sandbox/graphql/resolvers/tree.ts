import { decodeUtf8OrWestern } from "../../../git/decode-text.ts";
import type { TreeEntry } from "../../../git/parse-tree.ts";
import { readBlob } from "../../git/blobs.ts";
import { readTree } from "../../git/trees.ts";
import type { Repository } from "../../model/repository.ts";
import type { Context, Fields } from "../context.ts";
import type { BlobObject, TreeEntryObject, TreeObject } from "../git-objects.ts";
import { objectFields, objectId } from "./object-fields.ts";

export const tree: Fields<TreeObject> = {
  ...objectFields<TreeObject>(({ oid }) => oid),
  id: ({ repository, oid }) => objectId("T", repository, oid),
  entries: ({ repository, oid, path }, _args, context) =>
    entriesOf(context, repository, { treeish: oid, folder: path }),
};

async function entriesOf(
  { git }: Context,
  repository: Repository,
  { treeish, folder }: { treeish: string; folder: string },
): Promise<TreeEntryObject[] | null> {
  const entries = await git.once(repository, `tree ${treeish}`, (directory) => readTree(directory, treeish));
  return entries?.map((entry: TreeEntry) => ({ repository, entry, folder })) ?? null;
}

export function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

export const treeEntry: Fields<TreeEntryObject> = {
  name: ({ entry }) => entry.path,
  path: ({ entry, folder }) => (folder === "" ? entry.path : `${folder}/${entry.path}`),
  mode: ({ entry }) => Number.parseInt(entry.mode, 8),
  type: ({ entry }) => entry.type,
  oid: ({ entry }) => entry.sha,
  size: ({ entry }) => entry.size ?? 0,
  extension: ({ entry }) => (entry.type === "blob" ? (/\.[^.]+$/.exec(entry.path)?.[0] ?? "") : ""),
  isGenerated: () => false,
  repository: ({ repository }) => repository,
  submodule: () => null,
  object: ({ repository, entry, folder }) => {
    if (entry.type === "commit") return null;
    const path = folder === "" ? entry.path : `${folder}/${entry.path}`;
    if (entry.type === "tree") return { __typename: "Tree", repository, oid: entry.sha, path };
    return { __typename: "Blob", repository, oid: entry.sha };
  },
};

/** GitHub gives no more of a file than this. */
const longestText = 512_000;

export const blob: Fields<BlobObject> = {
  ...objectFields<BlobObject>(({ oid }) => oid),
  id: ({ repository, oid }) => objectId("B", repository, oid),
  byteSize: async (source, _args, context) => (await bytesOf(context, source)).length,
  isBinary: async (source, _args, context) => isBinary(await bytesOf(context, source)),
  isTruncated: async (source, _args, context) => (await bytesOf(context, source)).length > longestText,
  text: async (source, _args, context) => {
    const bytes = await bytesOf(context, source);
    return isBinary(bytes) ? null : decodeUtf8OrWestern(bytes, 0, Math.min(bytes.length, longestText));
  },
};

async function bytesOf({ git }: Context, { repository, oid }: BlobObject): Promise<Buffer> {
  return (await git.once(repository, `blob ${oid}`, (directory) => readBlob(directory, oid))) ?? Buffer.alloc(0);
}

/** As git decides: by a NUL near the beginning. */
function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 8000).includes(0);
}
