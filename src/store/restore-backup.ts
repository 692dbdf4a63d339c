import { existsSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import { UserError } from "../domain/errors.ts";
import { holdFolder } from "./hold-folder.ts";

export interface Restoring {
  /** The backup. */
  readonly file: string;
  /** What `openDatabase` opens. */
  readonly folder: string;
  readonly now: Date;
}

/**
 * Puts a backup in the place of the embedded database, which is moved aside; gives where to, or null where there was
 * none. Throws a UserError, and changes nothing, where the service runs or the file is no backup.
 */
export async function restoreBackup({ file, folder, now }: Restoring): Promise<string | null> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new UserError(`${file} cannot be read; give a file from the folder backups in DATA_DIR`, { cause });
  });
  const release = await holdFolder(folder);
  try {
    const fresh = join(folder, "database.new");
    await rm(fresh, { recursive: true, force: true });
    await unpack(bytes, fresh).catch(async (cause: unknown) => {
      await rm(fresh, { recursive: true, force: true });
      throw new UserError(`${file} is no backup that can be restored; try an older one`, { cause });
    });
    const current = join(folder, "database");
    const aside = join(folder, `database-before-${now.toISOString().replaceAll(/[-:]|\.\d+/g, "")}`);
    const isThere = existsSync(current);
    if (isThere) await rename(current, aside);
    await rename(fresh, current);
    return isThere ? aside : null;
  } finally {
    await release();
  }
}

/** What a tar archive has in its first header, and where: tar(5). */
const [magic, magicAt] = ["ustar", 257];

/** Opens it once, so that nothing takes another's place that would not open. */
async function unpack(bytes: Uint8Array, folder: string): Promise<void> {
  // PGlite's own way leaves a failure that nobody hears of.
  const archive = await promisify(gunzip)(bytes);
  if (archive.toString("latin1", magicAt, magicAt + magic.length) !== magic) throw new Error("it is no archive");
  const dump = new Blob([archive], { type: "application/x-tar" });
  const pglite = await PGlite.create({ dataDir: folder, loadDataDir: dump });
  try {
    await pglite.query("select count(*) from deliveries");
  } finally {
    await pglite.close();
  }
}
