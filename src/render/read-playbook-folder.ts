import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isApart } from "../domain/playbook/is-apart.ts";
import type { PlaybookFile } from "../domain/playbook/playbook.ts";

/** The files of a playbook's folder as git would have them, in the order of their paths. Links are told, and never followed. */
export async function readPlaybookFolder(folder: string): Promise<readonly PlaybookFile[]> {
  const names = (await readdir(folder)).filter((name) => !isApart(name));
  const files = await Promise.all(names.map((name) => readFiles(folder, name)));
  return files.flat().toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

/** The files at a path below a folder, by paths from that folder. */
export async function readFiles(folder: string, path: string): Promise<readonly PlaybookFile[]> {
  const whole = join(folder, path);
  const status = await lstat(whole);
  if (status.isDirectory()) {
    const names = await readdir(whole);
    return (await Promise.all(names.map((name) => readFiles(folder, `${path}/${name}`)))).flat();
  }
  if (status.isSymbolicLink()) return [{ path, mode: "120000", bytes: new Uint8Array() }];
  if (!status.isFile()) return [{ path, mode: "000000", bytes: new Uint8Array() }];
  return [{ path, mode: (status.mode & 0o100) === 0 ? "100644" : "100755", bytes: await readFile(whole) }];
}
