import { checkListing } from "../../domain/playbook/check-files.ts";
import { checkPlaybook } from "../../domain/playbook/check-playbook.ts";
import { isApart } from "../../domain/playbook/is-apart.ts";
import type { PlaybookCheck, PlaybookError } from "../../domain/playbook/playbook.ts";
import { listTree } from "../../git/list-tree.ts";
import { readEntries } from "./read-entries.ts";

/** A folder of a commit. */
export interface FolderAt {
  /** By its id. */
  readonly commit: string;
  readonly folder: string;
}

/**
 * The playbook in a folder of a commit that was fetched, checked as a whole; nothing in it is read before its size is known.
 * `weight` is what it takes of memory, in bytes. Throws a UserError where git cannot.
 */
export async function checkFolder(
  directory: string,
  { commit, folder }: FolderAt,
): Promise<{ readonly check: PlaybookCheck; readonly weight: number }> {
  const listed = await listTree(directory, `${commit}:${folder}`, { recursive: true });
  if (listed === null) return refuse([wrong("", "There is no such folder.")]);
  if (listed === "too much") return refuse([wrong("", "A playbook may have 1000 files; this one has far more.")]);
  const entries = listed.filter(({ path }) => !isApart(path));
  const errors = checkListing(entries.map(({ path, mode, size }) => ({ path, mode, size: size ?? 0 })));
  if (errors.length > 0) return refuse(errors);
  const files = await readEntries(directory, entries);
  const check = checkPlaybook(files);
  if (!check.ok) return refuse(check.errors);
  const { name } = check.playbook.manifest;
  const called = folder.split("/").at(-1) ?? "";
  if (name !== called) {
    const message = `The name is ${name}, and the folder is called ${called}: they have to be the same.`;
    return refuse([wrong("playbook.yml", message)]);
  }
  return { check, weight: 10_000 + files.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}

function refuse(errors: readonly PlaybookError[]) {
  // A file that is wrong all over is told of by its first hundred mistakes.
  return { check: { ok: false, errors: errors.slice(0, 100) } as const, weight: 10_000 };
}

function wrong(path: string, message: string): PlaybookError {
  return { path, line: null, message };
}
