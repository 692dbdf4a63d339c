import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../domain/errors.ts";

/**
 * Takes a folder for this process alone, and gives back how to leave it. What a process has left behind that was killed
 * is taken over. Throws a UserError where another one that runs has it.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, "sandbox.lock");
  if (!take(path)) {
    const left = readFileSync(path, "utf8");
    const holder = Number.parseInt(left, 10);
    // In a container each process may have the number of the one before it: only what was written tells them apart.
    if (holder === process.pid ? left === signature() : isRunning(holder)) {
      throw new UserError(
        `${folder} is in use by another sandbox (process ${holder}); end it, or give another DATA_DIR`,
      );
    }
    rmSync(path, { force: true });
    if (!take(path)) throw new UserError(`${folder} was just taken by another sandbox; give another DATA_DIR`);
  }
  return () => rmSync(path, { force: true });
}

/** Only one of several that ask at once succeeds. */
function take(path: string): boolean {
  try {
    writeFileSync(path, signature(), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** The process's number, and when it began. */
function signature(): string {
  return `${process.pid} ${performance.timeOrigin}\n`;
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs where it may not be asked, too.
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}
