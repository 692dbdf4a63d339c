import type { GitHubClient } from "../github-client.ts";
import type { Place } from "../place.ts";

/** A file to commit: as text where it is one, which needs no request of its own. */
export interface FileToCommit {
  readonly path: string;
  readonly mode: "100644" | "100755";
  readonly content: { readonly text: string } | { readonly bytes: Uint8Array };
}

/** One commit that makes the tree exactly these files, and the branch that it goes to, from where it is. */
export interface FilesToCommit extends Place {
  readonly branch: string;
  readonly head: string;
  readonly files: readonly FileToCommit[];
  readonly message: string;
}

/**
 * Commits files, and gives the commit's id. Nobody sees any of it before the branch moves, which it does only forwards.
 * Throws what GitHubClient throws: a 422 where somebody else has moved the branch.
 */
export async function commitFiles(client: GitHubClient, wanted: FilesToCommit): Promise<string> {
  const { owner, name: repo, branch } = wanted;
  // Without a base, or what GitHub began the repository with would stay beside the plan's files.
  const sha = await writeCommit(client, { ...wanted, base: null });
  await client.request("PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
    owner,
    repo,
    ref: `heads/${branch}`,
    sha,
    force: false,
  });
  return sha;
}

/**
 * Writes a commit after `head` that no branch has yet, and gives its id. Its tree is `base` with the files, or the files
 * alone. Throws what GitHubClient throws.
 */
export async function writeCommit(
  client: GitHubClient,
  {
    owner,
    name: repo,
    head,
    base,
    files,
    message,
  }: Omit<FilesToCommit, "branch"> & { /** The id of a tree. */ readonly base: string | null },
): Promise<string> {
  const entries = [];
  for (const { path, mode, content } of files) {
    const data =
      "text" in content ? { content: content.text } : { sha: await putBlob(client, { owner, repo }, content) };
    entries.push({ path, mode, type: "blob" as const, ...data });
  }
  const { data: tree } = await client.request("POST /repos/{owner}/{repo}/git/trees", {
    owner,
    repo,
    tree: entries,
    ...(base !== null && { base_tree: base }),
  });
  // Without an author it is the app's own, and GitHub signs it.
  const { data: commit } = await client.request("POST /repos/{owner}/{repo}/git/commits", {
    owner,
    repo,
    message,
    tree: tree.sha,
    parents: [head],
  });
  return commit.sha;
}

async function putBlob(
  client: GitHubClient,
  place: { readonly owner: string; readonly repo: string },
  { bytes }: { readonly bytes: Uint8Array },
): Promise<string> {
  const content = Buffer.from(bytes).toString("base64");
  const { data } = await client.request("POST /repos/{owner}/{repo}/git/blobs", {
    ...place,
    content,
    encoding: "base64",
  });
  return data.sha;
}
