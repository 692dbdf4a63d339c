import { decodeUtf8OrWestern } from "./decode-text.ts";
import { type ObjectType, toObjectType } from "./parse-objects.ts";

export interface TreeEntry {
  /** From the tree that was read. */
  readonly path: string;
  /** As git writes it: `100644`, `100755`, `120000` (a link), `040000` (a tree), `160000` (a submodule). */
  readonly mode: string;
  readonly type: ObjectType;
  readonly sha: string;
  /** In bytes; null for what is no blob, and without end for a blob that was left out when this was fetched. */
  readonly size: number | null;
}

/**
 * The entries in what `git ls-tree -z --long` prints: each arrives as `<mode> <type> <id> <size>`, a tab, the path, and a NUL.
 * Throws an Error where git names a type that it does not have.
 */
export function parseTree(output: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let start = 0; start < output.length; ) {
    const tab = output.indexOf("\t", start);
    const end = output.indexOf(0, tab);
    const [mode = "", type = "", sha = "", size = "-"] = output.toString("latin1", start, tab).split(/ +/);
    entries.push({
      path: decodeUtf8OrWestern(output, tab + 1, end),
      mode,
      type: toObjectType(type),
      sha,
      size: sizeOf(size),
    });
    start = end + 1;
  }
  return entries;
}

function sizeOf(text: string): number | null {
  if (text === "-") return null;
  return text === "BAD" ? Number.POSITIVE_INFINITY : Number(text);
}
