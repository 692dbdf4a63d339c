import type { ChangedFile } from "../git/changed-files.ts";

/** How many lines of one file's diff a page shows, how many of all, and of how many files. */
const mostLines = 2000;
const mostLinesInAll = 20_000;
const mostFiles = 300;

export interface DiffRow {
  readonly kind: "hunk" | "added" | "removed" | "same" | "note";
  readonly left: number | null;
  readonly right: number | null;
  readonly sign: string;
  readonly text: string;
}

/** The lines of a patch, each with its numbers in the old and the new file. */
export function diffRows(patch: string): DiffRow[] {
  let [left, right] = [0, 0];
  return patch.split("\n").map((line): DiffRow => {
    const [, leftStart, rightStart] = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line) ?? [];
    if (leftStart !== undefined) {
      [left, right] = [Number(leftStart), Number(rightStart)];
      return { kind: "hunk", left: null, right: null, sign: "", text: line };
    }
    const text = line.slice(1);
    if (line.startsWith("+")) return { kind: "added", left: null, right: right++, sign: "+", text };
    if (line.startsWith("-")) return { kind: "removed", left: left++, right: null, sign: "-", text };
    if (line.startsWith("\\")) return { kind: "note", left: null, right: null, sign: "", text: text.trim() };
    return { kind: "same", left: left++, right: right++, sign: "", text };
  });
}

/** The files of a diff, cut where they would fill the page, and how many have no room at all. */
export function viewDiff(files: readonly ChangedFile[]) {
  let room = mostLinesInAll;
  const views = files.slice(0, mostFiles).map((file, index) => {
    const view = viewFile(file, { index, room: Math.min(room, mostLines) });
    room -= view.rows.length;
    return view;
  });
  return { files: views, omittedFiles: files.length - views.length };
}

function viewFile(file: ChangedFile, { index, room }: { index: number; room: number }) {
  const rows = file.patch === null ? [] : diffRows(file.patch);
  return {
    anchor: `file-${index + 1}`,
    path: file.path,
    previousPath: file.previousPath,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    binary: file.binary,
    hasLines: rows.length > 0,
    rows: rows.slice(0, room),
    omitted: Math.max(0, rows.length - room),
  };
}

export function sumChanges(files: readonly ChangedFile[]) {
  return {
    files: files.length,
    additions: files.reduce((sum, { additions }) => sum + additions, 0),
    deletions: files.reduce((sum, { deletions }) => sum + deletions, 0),
  };
}
