import { randomBytes, randomUUID } from "node:crypto";
import { access, link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../domain/errors.ts";

const keyLength = 32;

/** Reads 64 hexadecimal digits, or Base64 of 32 bytes; null where it is neither. */
export function parseLedgerKey(text: string): Uint8Array | null {
  if (/^[\da-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
  const key = Buffer.from(text, "base64");
  return /^[\w+/-]+={0,2}$/.test(text) && key.length === keyLength ? key : null;
}

/** A new key, in hexadecimal digits. */
export function makeLedgerKey(): string {
  return randomBytes(keyLength).toString("hex");
}

/** Whether a data folder has a key of its own. */
export async function hasLedgerKey(folder: string): Promise<boolean> {
  try {
    await access(fileIn(folder));
    return true;
  } catch {
    // Whatever stands in the way, the service will meet it as well, and tell.
    return false;
  }
}

/**
 * The key in a data folder's `ledger.key`, which is made where there is none, so that only its owner may read it.
 * Throws a UserError where it cannot be read or holds no key.
 */
export async function keepLedgerKey(folder: string): Promise<Uint8Array> {
  const path = fileIn(folder);
  await mkdir(folder, { recursive: true });
  if (!(await hasLedgerKey(folder))) await makeFile(path);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new UserError(`${path} cannot be read; make it a file that this account may read`, { cause });
  });
  const key = parseLedgerKey(text.trim());
  if (key !== null) return key;
  throw new UserError(`${path} holds no key; bring back the one it had, without which the ledger cannot be read`);
}

/** Written whole and then linked, so that of two processes that start together both get the same key. */
async function makeFile(path: string): Promise<void> {
  const own = `${path}.${randomUUID()}`;
  try {
    const file = await open(own, "wx", 0o600);
    try {
      await file.writeFile(`${makeLedgerKey()}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(own, path);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) {
      throw new UserError(`${path} cannot be written; make its folder one that this account may write to`, { cause });
    }
  } finally {
    await rm(own, { force: true });
  }
}

function fileIn(folder: string): string {
  return join(folder, "ledger.key");
}
