import type { PlaybookFile } from "../../domain/playbook/playbook.ts";
import type { TreeEntry } from "../../git/parse-tree.ts";
import { readBlobs } from "../../git/read-blobs.ts";

/** Listed files with their bytes, all in memory at once. Throws a UserError where git cannot. */
export async function readEntries(directory: string, entries: readonly TreeEntry[]): Promise<readonly PlaybookFile[]> {
  const blobs = await readBlobs(
    directory,
    entries.map(({ sha }) => sha),
  );
  return entries.map(({ path, mode, sha }) => {
    // By itself it would be a view of everything that git printed.
    return { path, mode, bytes: Uint8Array.from(blobs.get(sha) ?? []) };
  });
}
