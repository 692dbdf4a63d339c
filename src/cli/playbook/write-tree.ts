import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../../domain/errors.ts";
import type { TreeFile } from "../../domain/playbook/compare-trees.ts";

/** Writes files into a folder that is empty or not there yet. Throws a UserError where it holds anything. */
export async function writeTree(folder: string, files: readonly TreeFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new UserError(`${folder} is not empty; name a folder that is, or a new one`);
  for (const { path, mode, bytes } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes, { flag: "wx" });
    if (mode === "100755") await chmod(target, 0o755);
  }
}
