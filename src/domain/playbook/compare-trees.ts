import { decodeText } from "./check-files.ts";
import type { PlaybookError } from "./playbook.ts";
import type { RenderedFile } from "./rendered-playbook.ts";

/** A file that is made, or has to be. */
export type TreeFile = Pick<RenderedFile, "path" | "mode" | "bytes">;

/** Compares what is made, to the byte, with what is expected: a mistake for each file that differs, with its first line. */
export function compareTrees(made: readonly TreeFile[], expected: readonly TreeFile[]): readonly PlaybookError[] {
  const known = new Map(expected.map((file) => [file.path, file]));
  const paths = new Set(made.map(({ path }) => path));
  return [
    ...made.flatMap((file) => compareFile(file, known.get(file.path))),
    ...Array.from(known.keys())
      .filter((path) => !paths.has(path))
      .map((path) => ({ path, line: null, message: "is expected, and not made." })),
  ];
}

function compareFile(made: TreeFile, expected: TreeFile | undefined): readonly PlaybookError[] {
  const { path } = made;
  if (expected === undefined) return [{ path, line: null, message: "is made, and not expected." }];
  if (made.mode !== expected.mode) {
    const can = made.mode === "100755" ? "can be run, and is expected not to." : "cannot be run, and is expected to.";
    return [{ path, line: null, message: can }];
  }
  const [now, before] = [decodeText(made.bytes), decodeText(expected.bytes)];
  if (now === null || before === null) {
    return areSame(made.bytes, expected.bytes) ? [] : [{ path, line: null, message: "has other bytes." }];
  }
  if (now === before) return [];
  const [lines, others] = [now.split("\n"), before.split("\n")];
  const line = lines.findIndex((text, index) => text !== others[index]);
  const at = line === -1 ? lines.length : line;
  return [{ path, line: at + 1, message: `${show(others[at])} is expected, and ${show(lines[at])} is made.` }];
}

function areSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function show(text: string | undefined): string {
  return text === undefined ? "the end" : JSON.stringify(text.slice(0, 80));
}
