import type { GitObject } from "../../git/parse-objects.ts";
import { requireObjectIds } from "./object-ids.ts";
import { readObjects, writeObject } from "./objects.ts";
import { parseObjectText } from "./parse-object-text.ts";
import { formatSignature, parseSignature, type Signature } from "./signatures.ts";

export interface GitCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** Reads commits in the order asked for, in one process; null where there is no commit of that id. */
export async function readCommits(directory: string, shas: readonly string[]): Promise<(GitCommit | null)[]> {
  const objects = await readObjects(directory, shas);
  return objects.map((object) => (object?.type === "commit" ? parseCommit(object) : null));
}

/** Writes a commit, its message as it is, and gives its id. Whether tree and parents are there is not looked at. */
export async function writeCommit(directory: string, commit: Omit<GitCommit, "sha">): Promise<string> {
  requireObjectIds(commit.tree, ...commit.parents);
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${formatSignature(commit.author)}`,
    `committer ${formatSignature(commit.committer)}`,
    "",
    commit.message,
  ];
  return writeObject(directory, "commit", Buffer.from(lines.join("\n")));
}

function parseCommit({ sha, bytes }: GitObject): GitCommit {
  const { headers, message } = parseObjectText(bytes);
  return {
    sha,
    tree: headers.get("tree")?.[0] ?? "",
    parents: headers.get("parent") ?? [],
    author: parseSignature(headers.get("author")?.[0] ?? ""),
    committer: parseSignature(headers.get("committer")?.[0] ?? ""),
    message,
  };
}
