import { UserError } from "../domain/errors.ts";
import { offline } from "./offline.ts";
import { parseTree, type TreeEntry } from "./parse-tree.ts";
import { reasonOf, startGit } from "./run-git.ts";

/** In bytes of what git prints: some fifty thousand entries. */
const longest = 5_000_000;

/**
 * What is in a tree, as `<commit>` or `<commit>:<folder>`, with the sizes of files; with `recursive` only files, links and
 * submodules, wherever they are. Null where there is no such tree, `too much` where it has more than anybody needs. Throws a
 * UserError where git cannot.
 */
export async function listTree(
  directory: string,
  treeish: string,
  { recursive = false }: { readonly recursive?: boolean } = {},
): Promise<readonly TreeEntry[] | null | "too much"> {
  const args = ["ls-tree", "-z", "--long", "--full-tree", ...(recursive ? ["-r"] : []), treeish];
  const git = await startGit(directory, args, { environment: offline });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of git.stdout) {
    length += chunk.length;
    chunks.push(chunk);
    if (length > longest) break;
  }
  if (length > longest) git.stop();
  const { status, stderr } = await git.ended;
  if (length > longest) return "too much";
  if (status === 0) return parseTree(Buffer.concat(chunks));
  if (/not a (tree object|valid object name)/i.test(stderr)) return null;
  throw new UserError(`git cannot list the files of a commit: ${reasonOf(stderr)}`);
}
