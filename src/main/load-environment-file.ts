import { join } from "node:path";
import { UserError } from "../domain/errors.ts";

/** Where settings and credentials stand between two runs. */
export function environmentFile(process: NodeJS.Process): string {
  return join(process.cwd(), ".env");
}

/** Adds to the environment what `.env` says, where there is one; what the environment says already stays. */
export function loadEnvironmentFile(process: NodeJS.Process): void {
  const path = environmentFile(process);
  try {
    process.loadEnvFile(path);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return;
    throw new UserError(`${path} cannot be read; make it a file that this account may read, or move it away`, {
      misuse: true,
      cause,
    });
  }
}
