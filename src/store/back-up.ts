import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "./open-database.ts";

export interface BackupPlan {
  /** Where backups are kept; it is made where it is not there. */
  readonly folder: string;
  /** How many stay there, the newest. */
  readonly keep: number;
  readonly now: Date;
}

const form = /^ledger-\d{8}T\d{6}Z\.tar\.gz$/;

/**
 * Writes all that the embedded database holds into a file, which is there whole or not at all, and takes away the oldest
 * ones. Nobody else is answered meanwhile. Gives the file's path.
 */
export async function backUp(
  { pglite }: Extract<Database, { readonly kind: "pglite" }>,
  { folder, keep, now }: BackupPlan,
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // So that whoever restores it has nothing to make up for.
  await pglite.exec("checkpoint");
  const dump = await pglite.dumpDataDir("gzip");
  const path = join(folder, `ledger-${now.toISOString().replaceAll(/[-:]|\.\d+/g, "")}.tar.gz`);
  await writeWhole(path, Buffer.from(await dump.arrayBuffer()));
  const names = await readdir(folder);
  const backups = names.filter((name) => form.test(name)).toSorted();
  const old = [...backups.slice(0, -keep), ...names.filter((name) => name.endsWith(".tar.gz.new"))];
  for (const name of old) await rm(join(folder, name), { force: true });
  return path;
}

/** Written aside, brought to the disk and then renamed. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const aside = `${path}.new`;
  const file = await open(aside, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
}
