import { randomUUID } from "node:crypto";
import { readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { UserError } from "../domain/errors.ts";
import { type Section, writeSection } from "../domain/release/marker-block.ts";

/**
 * Writes a section into a file, which is made where it is not there: as a whole, so that nobody ever reads half of it.
 * Links are followed and permissions kept. A new file begins with `beginning`. Returns one line that says what was done.
 * Throws a UserError where the file cannot be read or written, is not UTF-8, or has no place for a section.
 */
export async function writeSectionIntoFile(path: string, section: Section, beginning = ""): Promise<string> {
  try {
    const target = await realpath(path).catch(orNull);
    const text = target === null ? beginning : decode(await readFile(target), path);
    const written = writeSection(text, section);
    if (written.text !== text) await replace(target ?? path, written.text);
    return describe(path, section, written);
  } catch (cause) {
    if (cause instanceof UserError || !(cause instanceof Error && "code" in cause)) throw cause;
    throw new UserError(
      `${path} cannot be written (${String(cause.code)}); name a file in a folder that is there and yours`,
      { cause },
    );
  }
}

function describe(path: string, { range }: Section, { outcome, wasEdited }: ReturnType<typeof writeSection>): string {
  const what = range === null ? "the section" : `the section for ${range}`;
  switch (outcome) {
    case "unplaced":
      throw new UserError(
        `${path} has no place for the section, because it ends within code; close that, or put the two markers where it belongs`,
      );
    case "frozen":
      return `${path} keeps its section as it is: <!-- curtain-call:keep --> stands in it.`;
    case "unchanged":
      return `${path} has ${what} already.`;
    case "added":
    case "replaced":
      return wasEdited
        ? `${path} has ${what} now, in place of one that somebody had edited; <!-- curtain-call:keep --> in it would keep theirs.`
        : `${path} has ${what} now.`;
  }
}

function decode(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new UserError(`${path} is not UTF-8, and would not stay as it is; convert it first`, { cause });
  }
}

async function replace(path: string, text: string): Promise<void> {
  const mode = (await stat(path).catch(orNull))?.mode;
  const passing = `${path}.${randomUUID()}.new`;
  try {
    await writeFile(passing, text, { flag: "wx", ...(mode === undefined ? {} : { mode }) });
    await rename(passing, path);
  } finally {
    await rm(passing, { force: true });
  }
}

function orNull(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
