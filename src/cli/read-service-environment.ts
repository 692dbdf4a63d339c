import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { UserError } from "../domain/errors.ts";
import type { Terminal } from "./terminal.ts";

/** What the service goes by too: the environment, and below it `.env` where there is one. */
export function readServiceEnvironment({ env, cwd }: Terminal): NodeJS.Dict<string> {
  const path = resolve(cwd(), ".env");
  try {
    return { ...parseEnv(readFileSync(path, "utf8")), ...env };
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return env;
    throw new UserError(`${path} cannot be read; make it a file that this account may read`, { cause });
  }
}
