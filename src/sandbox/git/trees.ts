import { parseTree, type TreeEntry } from "../../git/parse-tree.ts";
import { gitIn } from "./git-in.ts";
import { isObjectId } from "./object-ids.ts";
import { isPlainPath } from "./paths.ts";

/**
 * The entries of a tree, or of a commit's or tag's; with `recursive` also what is in its folders, each folder before
 * what is in it. Null where there is no tree of that id.
 */
export async function readTree(
  directory: string,
  treeish: string,
  { recursive = false }: { readonly recursive?: boolean } = {},
): Promise<TreeEntry[] | null> {
  return listTree(directory, [...(recursive ? ["-r", "-t"] : []), treeish]);
}

/** What is at a path of a commit, tag or tree, the root for an empty path; null where nothing is. */
export async function findEntry(directory: string, treeish: string, path: string): Promise<TreeEntry | null> {
  if (!isObjectId(treeish)) return null;
  if (path === "") return findRoot(directory, treeish);
  if (!isPlainPath(path)) return null;
  const [entry] = (await listTree(directory, [treeish, "--", path])) ?? [];
  return entry ?? null;
}

async function findRoot(directory: string, treeish: string): Promise<TreeEntry | null> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${treeish}^{tree}`];
  const { stdout } = await gitIn(directory, args, { answers: [1, 128] });
  const sha = stdout.toString("latin1").trim();
  return isObjectId(sha) ? { path: "", mode: "040000", type: "tree", sha, size: null } : null;
}

async function listTree(directory: string, args: readonly string[]): Promise<TreeEntry[] | null> {
  if (!args.some(isObjectId)) return null;
  const { status, stdout, stderr } = await gitIn(directory, ["ls-tree", "-z", "--long", "--full-tree", ...args], {
    answers: [128],
  });
  if (status === 0) return parseTree(stdout);
  if (stderr.includes("not a tree object")) return null;
  throw new Error(`git ls-tree failed in ${directory}: ${stderr.trim()}`);
}
