import { oneLine } from "../one-line.ts";
import { pathProblem } from "./check-path.ts";
import type { PlaybookError, PlaybookFile } from "./playbook.ts";

/** In bytes, of one file. */
export const largestFile = 5_000_000;
/** What a playbook may ask of whoever reads it, far above what anybody needs. */
const limits = { files: 1000, bytes: 25_000_000, templateBytes: 2_000_000 };
const modes: Readonly<Record<string, string>> = {
  "120000": "is a link: put the file itself in its place.",
  "160000": "is a submodule: put the files themselves in its place.",
};

/** A file before anything in it was read. */
export type ListedFile = Pick<PlaybookFile, "path" | "mode"> & {
  /** In bytes. */
  readonly size: number;
};

/** What is wrong with the files of a playbook as files, whatever is in them. */
export function checkFiles(files: readonly PlaybookFile[]): readonly PlaybookError[] {
  return checkListing(files.map(({ path, mode, bytes }) => ({ path, mode, size: bytes.length })));
}

/** The same, before they are read. */
export function checkListing(files: readonly ListedFile[]): readonly PlaybookError[] {
  if (files.length > limits.files) {
    return [wrong("", `A playbook may have ${limits.files} files; this one has ${files.length}.`)];
  }
  const broken = files.flatMap(checkFile);
  if (broken.length > 0) return broken;
  if (sizeOf(files) > limits.bytes) {
    return [wrong("", `A playbook may have ${limits.bytes / 1_000_000} MB; this one has more.`)];
  }
  // Each is parsed where it is checked, which takes a second for so much.
  if (sizeOf(files.filter(({ path }) => path.endsWith(".hbs"))) > limits.templateBytes) {
    return [wrong("", `A playbook may have ${limits.templateBytes / 1_000_000} MB of templates; this one has more.`)];
  }
  return [];
}

function checkFile({ path, mode, size }: ListedFile): readonly PlaybookError[] {
  if (mode !== "100644" && mode !== "100755") {
    return [wrong(path, `This ${modes[mode] ?? "is no file: leave it out."}`)];
  }
  if (size > largestFile) {
    return [wrong(path, `A file may have ${largestFile / 1_000_000} MB; this one has more.`)];
  }
  // In a template's name quotes may stand, which no file of a repository may have.
  const problem = pathProblem(path.replace(/\{\{[^{}/]*\}\}/g, "x"));
  return problem === null ? [] : [wrong(path, problem)];
}

/** The text that the bytes are in UTF-8; null where they are none. */
export function decodeText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

function sizeOf(files: readonly ListedFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

function wrong(path: string, message: string): PlaybookError {
  return { path: oneLine(path), line: null, message };
}
