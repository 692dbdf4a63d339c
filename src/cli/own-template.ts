import { readFile } from "node:fs/promises";
import { UserError } from "../domain/errors.ts";

/** A template that does not come with the product. */
export interface OwnTemplate {
  /** Where it stands, to name it by. */
  readonly path: string;
  readonly text: string;
}

/** Reads a template from a file. Throws a UserError where it cannot be read. */
export async function readOwnTemplate(path: string): Promise<OwnTemplate> {
  try {
    return { path, text: await readFile(path, "utf8") };
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "it is not text";
    throw new UserError(`the template ${path} cannot be read (${code}); name a file that is there and yours`, {
      cause,
    });
  }
}
