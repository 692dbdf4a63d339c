import { decodeText } from "../../domain/playbook/check-files.ts";
import { compareTrees, type TreeFile } from "../../domain/playbook/compare-trees.ts";
import type { Playbook, PlaybookError, PlaybookFile } from "../../domain/playbook/playbook.ts";
import { readTestCase } from "../../domain/playbook/test-case.ts";
import { listTree } from "../../git/list-tree.ts";
import { makeOfAnswers } from "../../render/make-of-answers.ts";
import type { UntrustedRenderer } from "../../render/render-untrusted.ts";
import { treeOfPlaybook } from "../../render/tree-of-playbook.ts";
import type { FolderAt } from "./check-folder.ts";
import { readEntries } from "./read-entries.ts";

/** What the tests of a playbook may ask of whoever runs them; in bytes. */
const limits = { cases: 20, files: 5000, bytes: 25_000_000 };

/**
 * Runs the cases in the `tests` of a playbook that was fetched, as the command line's `playbook test` does, and tells what is
 * not as expected. Nothing is read before its size is known. Throws a UserError where git cannot.
 */
export async function testFolder(
  {
    directory,
    playbook,
    renderer,
  }: { directory: string; playbook: Playbook; renderer: Pick<UntrustedRenderer, "render"> },
  { commit, folder }: FolderAt,
): Promise<readonly PlaybookError[]> {
  const listed = await listTree(directory, `${commit}:${folder}/tests`, { recursive: true });
  if (listed === null) return [];
  const isTooMuch = listed === "too much" || listed.length > limits.files || sizeOf(listed) > limits.bytes;
  if (isTooMuch) return [wrong("tests", `The tests may have ${limits.files} files of 25 MB together.`)];
  const odd = listed.find(({ mode }) => mode !== "100644" && mode !== "100755");
  if (odd !== undefined) return [wrong(`tests/${odd.path}`, "Links and submodules cannot be tested: leave it out.")];
  const files = await readEntries(directory, listed);
  const cases = files.filter(({ path }) => /^[^/]+\.yml$/.test(path));
  if (cases.length > limits.cases) {
    return [wrong("tests", `A check runs ${limits.cases} cases at most; here are ${cases.length}.`)];
  }
  const found: PlaybookError[] = [];
  for (const { path, bytes } of cases) {
    found.push(...(await runCase({ path, bytes, files }, { playbook, renderer })));
  }
  return found;
}

async function runCase(
  { path, bytes, files }: Pick<PlaybookFile, "path" | "bytes"> & { readonly files: readonly PlaybookFile[] },
  { playbook, renderer }: { playbook: Playbook; renderer: Pick<UntrustedRenderer, "render"> },
): Promise<readonly PlaybookError[]> {
  const text = decodeText(bytes);
  if (text === null) return [wrong(`tests/${path}`, "This is no text in UTF-8.")];
  const reading = readTestCase(text, `tests/${path}`);
  if (!reading.ok) return reading.errors;
  const made = await makeOfAnswers(playbook, reading.making, renderer);
  if (!made.ok) {
    // What is wrong with the answers stands in no file but the case.
    return made.errors.map((error) => (error.path === "" ? { ...error, path: `tests/${path}` } : error));
  }
  const folder = `${path.replace(/\.yml$/, "")}/`;
  const expected = files.filter((file) => file.path.startsWith(folder)).map((file) => toTreeFile(file, folder));
  return compareTrees(treeOfPlaybook(made.rendered), expected).map((error) => {
    return { ...error, path: `tests/${folder}${error.path}` };
  });
}

function toTreeFile({ path, mode, bytes }: PlaybookFile, folder: string): TreeFile {
  return { path: path.slice(folder.length), mode: mode === "100755" ? "100755" : "100644", bytes };
}

function sizeOf(files: readonly { readonly size: number | null }[]): number {
  return files.reduce((sum, { size }) => sum + (size ?? 0), 0);
}

function wrong(path: string, message: string): PlaybookError {
  return { path, line: null, message };
}
