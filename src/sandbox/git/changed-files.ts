import { decodeUtf8OrWestern } from "../../git/decode-text.ts";
import { gitIn } from "./git-in.ts";
import { emptyTree, requireObjectIds } from "./object-ids.ts";
import { splitPatches } from "./split-patches.ts";

export interface ChangedFile {
  readonly path: string;
  /** Where it was before, if it was renamed. */
  readonly previousPath: string | null;
  /** Changed is what became another kind of thing, as a file a link. */
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  readonly additions: number;
  readonly deletions: number;
  /** The blob after the change; before it where the file was removed. */
  readonly sha: string;
  readonly binary: boolean;
  /** Its hunks; null where it has none, as for binaries and pure renames, or none were asked for. */
  readonly patch: string | null;
}

/** What to compare: ids of commits or trees, null for the tree without entries. */
export interface Comparison {
  readonly from: string | null;
  readonly to: string;
}

/** What of git's output tells about one file; its path's bytes as latin1. */
interface RawChange {
  readonly letter: string;
  readonly sha: string;
  readonly path: Buffer;
  readonly previousPath: Buffer | null;
}

const statuses: Readonly<Record<string, ChangedFile["status"]>> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
  T: "changed",
};

/** What every comparison asks of git. */
export const diffOptions = ["-r", "--find-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--unified=3"];

/** The files in which two trees differ, in git's order, in one process; renames as `git diff` finds them. */
export async function diffFiles(
  directory: string,
  { from, to, patches }: Comparison & { readonly patches: boolean },
): Promise<ChangedFile[]> {
  const start = from ?? emptyTree;
  requireObjectIds(start, to);
  const formats = ["--raw", "--numstat", ...(patches ? ["--patch"] : [])];
  const { stdout } = await gitIn(directory, ["diff-tree", "-z", ...diffOptions, ...formats, start, to, "--"]);
  const { changes, end } = parseRaw(stdout);
  const counts = parseCounts(stdout, end);
  const hunks = patches ? splitPatches(stdout.subarray(counts.end)) : [];
  return changes.map((change) => {
    // For a change of type git writes two patches: one that removes, one that adds.
    const parts = hunks.splice(0, change.letter === "T" ? 2 : 1).filter((part) => part !== "");
    const count = counts.byPath.get(change.path.toString("latin1"));
    return {
      path: decodePath(change.path),
      previousPath: change.previousPath === null ? null : decodePath(change.previousPath),
      status: statuses[change.letter] ?? "modified",
      additions: count?.additions ?? 0,
      deletions: count?.deletions ?? 0,
      sha: change.sha,
      binary: count?.binary ?? false,
      patch: parts.length === 0 ? null : parts.join("\n"),
    };
  });
}

/** Each change arrives as `:<mode> <mode> <id> <id> <letter><likeness>`, a NUL, and one path or two with a NUL each. */
function parseRaw(output: Buffer): { changes: RawChange[]; end: number } {
  const changes: RawChange[] = [];
  const reader = readFields(output, 0);
  while (output[reader.position] === 0x3a) {
    const [, , before = "", after = "", status = ""] = reader.next().toString("latin1").split(" ");
    const letter = status.charAt(0);
    const previousPath = letter === "R" ? reader.next() : null;
    changes.push({ letter, sha: letter === "D" ? before : after, path: reader.next(), previousPath });
  }
  return { changes, end: reader.position };
}

interface Counts {
  readonly byPath: Map<string, { additions: number; deletions: number; binary: boolean }>;
  readonly end: number;
}

/** Each count arrives as `<added>\t<deleted>\t<path>` and a NUL; of a rename the paths follow, with a NUL each. */
function parseCounts(output: Buffer, start: number): Counts {
  const byPath: Counts["byPath"] = new Map();
  const reader = readFields(output, start);
  while (reader.position < output.length && output[reader.position] !== 0) {
    const field = reader.next().toString("latin1");
    const [added = "", deleted = ""] = field.split("\t", 2);
    let path = field.slice(added.length + deleted.length + 2);
    if (path === "") {
      reader.next();
      path = reader.next().toString("latin1");
    }
    const binary = added === "-";
    byPath.set(path, { additions: binary ? 0 : Number(added), deletions: binary ? 0 : Number(deleted), binary });
  }
  // A NUL of its own parts the counts from the patches.
  return { byPath, end: reader.position + 1 };
}

function readFields(output: Buffer, start: number): { readonly position: number; next(): Buffer } {
  let position = start;
  return {
    get position() {
      return position;
    },
    next() {
      const end = output.indexOf(0, position);
      if (end === -1) throw new Error("git's output ends within a change");
      const field = output.subarray(position, end);
      position = end + 1;
      return field;
    },
  };
}

function decodePath(path: Buffer): string {
  return decodeUtf8OrWestern(path, 0, path.length);
}
