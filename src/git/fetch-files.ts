import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { prepareFetch } from "./prepare-fetch.ts";
import { runGit } from "./run-git.ts";
import { type Remote, runWithToken } from "./run-with-token.ts";

export interface FilesToFetch extends Remote {
  /** Where they are kept, which is not there yet. */
  readonly directory: string;
  /** By its whole id. */
  readonly commit: string;
  /** In bytes: files that are larger are not fetched, where the server can leave them out. */
  readonly largest: number;
}

/**
 * Fetches the files of one commit into a bare repository of its own, without what came before it, and without checking them out.
 * Throws a UserError where git cannot, and leaves nothing behind then.
 */
export async function fetchFiles(wanted: FilesToFetch): Promise<void> {
  const { directory, url, commit, largest } = wanted;
  await mkdir(dirname(directory), { recursive: true });
  try {
    const options = ["--depth=1", "--no-recurse-submodules", `--filter=blob:limit=${largest + 1}`];
    await runWithToken(dirname(directory), await prepareFetch(directory, { url, commit, options }), wanted);
    // Whatever was left out is never asked for again, as git would by itself.
    await runGit(directory, ["config", "--remove-section", "remote.origin"]);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}
