import { oneLine } from "../one-line.ts";
import { pathProblem } from "./check-path.ts";
import type { PlaybookError, PlaybookFile } from "./playbook.ts";

/** What a playbook may ask of whoever reads it, far above what anybody needs. */
const limits = { files: 1000, fileBytes: 5_000_000, bytes: 25_000_000, templateBytes: 2_000_000 };
const modes: Readonly<Record<string, string>> = {
  "120000": "is a link: put the file itself in its place.",
  "160000": "is a submodule: put the files themselves in its place.",
};

/** What is wrong with the files of a playbook as files, whatever is in them. */
export function checkFiles(files: readonly PlaybookFile[]): readonly PlaybookError[] {
  if (files.length > limits.files) {
    return [wrong("", `A playbook may have ${limits.files} files; this one has ${files.length}.`)];
  }
  if (sizeOf(files) > limits.bytes) {
    return [wrong("", `A playbook may have ${limits.bytes / 1_000_000} MB; this one has more.`)];
  }
  // Each is parsed where it is checked, which takes a second for so much.
  if (sizeOf(files.filter(({ path }) => path.endsWith(".hbs"))) > limits.templateBytes) {
    return [wrong("", `A playbook may have ${limits.templateBytes / 1_000_000} MB of templates; this one has more.`)];
  }
  return files.flatMap(({ path, mode, bytes }) => {
    if (mode !== "100644" && mode !== "100755") {
      return [wrong(path, `This ${modes[mode] ?? "is no file: leave it out."}`)];
    }
    if (bytes.length > limits.fileBytes) {
      return [wrong(path, `A file may have ${limits.fileBytes / 1_000_000} MB; this one has more.`)];
    }
    // In a template's name quotes may stand, which no file of a repository may have.
    const problem = pathProblem(path.replace(/\{\{[^{}/]*\}\}/g, "x"));
    return problem === null ? [] : [wrong(path, problem)];
  });
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

function sizeOf(files: readonly PlaybookFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function wrong(path: string, message: string): PlaybookError {
  return { path: oneLine(path), line: null, message };
}
