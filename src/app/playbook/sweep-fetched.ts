import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Deps } from "../deps.ts";

/** What is fetched for a search begins with this, in the folder of clones. */
export const fetchedPrefix = "playbooks-";
/** Far longer than any search takes, in milliseconds. */
const oldest = 60 * 60 * 1000;

/** Removes what was fetched for searches that a crash ended. */
export async function sweepFetched(clonesFolder: Deps["clonesFolder"], now: Date): Promise<void> {
  const names = await readdir(clonesFolder).catch(() => []);
  for (const name of names.filter((entry) => entry.startsWith(fetchedPrefix))) {
    const place = join(clonesFolder, name);
    // Whoever fetched it may remove it in the meantime.
    const status = await stat(place).catch(() => null);
    if (status !== null && status.mtime.getTime() < now.getTime() - oldest) {
      await rm(place, { recursive: true, force: true });
    }
  }
}
