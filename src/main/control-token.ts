import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../domain/errors.ts";

const length = 32;

/**
 * Writes a new token to a data folder's `control.token`, so that only the folder's owner may read it: whoever can is
 * allowed to tell the service what to do. Throws a UserError where it cannot be written.
 */
export async function writeControlToken(folder: string): Promise<string> {
  const token = randomBytes(length).toString("hex");
  const path = join(folder, "control.token");
  const own = `${path}.${randomUUID()}`;
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(own, "wx", 0o600);
    try {
      await file.writeFile(`${token}\n`);
    } finally {
      await file.close();
    }
    await rename(own, path);
    return token;
  } catch (cause) {
    throw new UserError(`${path} cannot be written; make its folder one that this account may write to`, { cause });
  }
}
