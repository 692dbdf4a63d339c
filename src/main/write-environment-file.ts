import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { access, open, readFile, realpath, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { parseEnv } from "node:util";
import { UserError } from "../domain/errors.ts";

/** A name and its value, which may go on over lines where it is quoted; the same that Node's own reader takes. */
const assignment = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|`[^`]*`)?[^\n]*(?:\n|$)/gm;

/**
 * Sets values in a file of the environment, and takes out those that are null. All other lines stay as they are. The
 * file is replaced in one step, and only its owner may read it.
 */
export async function writeEnvironmentFile(
  path: string,
  values: Readonly<Record<string, string | null>>,
): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const text = setValues(await readText(target), values);
  const temporary = `${target}.${randomUUID()}`;
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new UserError(`${path} cannot be written; make its folder one that this account may write to`, { cause });
  }
}

/** Throws a UserError where the file could not be written; better known before there are credentials to lose. */
export async function requireWritable(path: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  setValues(await readText(target), { PRIVATE_KEY: "\n" });
  try {
    await access(dirname(target), constants.W_OK);
  } catch (cause) {
    throw new UserError(`${path} cannot be written; make its folder one that this account may write to`, { cause });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return "";
    throw new UserError(`${path} cannot be read; make it a file that this account may read, or move it away`, {
      cause,
    });
  }
}

/** The text with the values in the place of older ones, and new ones at its end. */
export function setValues(text: string, values: Readonly<Record<string, string | null>>): string {
  const missing = new Map(Object.entries(values));
  const replaced = text.replaceAll(assignment, (line, name: string) => {
    if (!Object.hasOwn(values, name)) return line;
    const value = missing.get(name) ?? null;
    missing.delete(name);
    return value === null ? "" : writeLine(name, value);
  });
  const added = [...missing].map(([name, value]) => (value === null ? "" : writeLine(name, value)));
  const result = `${replaced}${replaced === "" || replaced.endsWith("\n") ? "" : "\n"}${added.join("")}`;
  const read = parseEnv(result);
  const isLost = Object.entries(values).some(([name, value]) => (read[name] ?? null) !== value);
  if (isLost) throw new UserError(".env has a quote that is never closed; close it, or move the file away");
  return result;
}

/** Line breaks become \n, which stands for one between double quotes. */
function writeLine(name: string, value: string): string {
  const quote = value.includes("\n") ? '"' : (["'", '"', "`"].find((mark) => !value.includes(mark)) ?? "'");
  return `${name}=${/^[\w.:/-]+$/.test(value) ? value : `${quote}${value.replaceAll("\n", "\\n")}${quote}`}\n`;
}
