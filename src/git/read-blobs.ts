import { UserError } from "../domain/errors.ts";
import { offline } from "./offline.ts";
import { parseObjects } from "./parse-objects.ts";
import { reasonOf, runGit } from "./run-git.ts";

/** The bytes of blobs by their ids, all in memory at once; what is not there is left out. Throws a UserError where git cannot. */
export async function readBlobs(directory: string, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const input = [...new Set(ids)].map((id) => `${id}\n`).join("");
  const args = ["cat-file", "--batch", "--buffer"];
  const { status, stdout, stderr } = await runGit(directory, args, { input, environment: offline });
  if (status !== 0) throw new UserError(`git cannot read files of a commit: ${reasonOf(stderr)}`);
  return new Map(Array.from(parseObjects(stdout), ([id, { bytes }]) => [id, bytes]));
}
