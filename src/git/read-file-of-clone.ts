import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "../domain/errors.ts";
import type { Clone } from "./open-clone.ts";
import { runGit } from "./run-git.ts";

/**
 * The text of a file by its path from the root: as it lies in the work tree, or in a bare repository as HEAD has it. Null
 * where it is not there. Throws a UserError where it cannot be read.
 */
export async function readFileOfClone({ directory, root, bare }: Clone, path: string): Promise<string | null> {
  if (bare) {
    const { status, stdout } = await runGit(directory, ["cat-file", "blob", `HEAD:${path}`]);
    return status === 0 ? stdout.toString("utf8") : null;
  }
  try {
    return await readFile(resolve(root, path), "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
    throw new UserError(`${resolve(root, path)} cannot be read (${String(code)}); mend its permissions`, { cause });
  }
}
