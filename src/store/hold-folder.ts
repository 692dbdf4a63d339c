import { link, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "../domain/errors.ts";

/** The folders that this process holds: its own id alone does not tell them from what an earlier process with it left. */
const held = new Set<string>();

/**
 * Makes this process the only one that uses a folder, until the returned function lets it go. What a killed process
 * left is taken over. Throws a UserError where another process is at work.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(resolve(folder), "in-use.json");
  await mkdir(folder, { recursive: true });
  // Written whole and then linked: whoever sees the file sees all of it, and only one process can make it.
  const own = `${path}.${process.pid}`;
  const holder: Holder = { pid: process.pid, startedAt: await readStart(process.pid) };
  const file = await open(own, "w");
  await file.writeFile(JSON.stringify(holder));
  await file.close();
  try {
    while (!(await tryLink(own, path))) await clearAway(path, folder);
  } finally {
    await rm(own, { force: true });
  }
  held.add(path);
  return async () => {
    held.delete(path);
    await rm(path, { force: true });
  };
}

interface Holder {
  readonly pid: number;
  /** When the process began, as the system counts it: ids are used again. Null where the system does not tell. */
  readonly startedAt: string | null;
}

async function tryLink(own: string, path: string): Promise<boolean> {
  if (held.has(path)) return false;
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Takes away what a process left that is gone; throws where it is not. */
async function clearAway(path: string, folder: string): Promise<void> {
  const text = await readIfThere(path);
  if (text === null && !held.has(path)) return;
  const holder = parseHolder(text ?? "");
  if (held.has(path) || (holder !== null && (await isAlive(holder)))) {
    const who = holder === null ? "another process" : `process ${holder.pid}`;
    throw new UserError(`${folder} is in use by ${who}; stop it, or give another DATA_DIR`);
  }
  // Renaming succeeds for one process only. If another took over in between, it gets its own back.
  const aside = `${path}.${process.pid}.old`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if ((await readIfThere(aside)) !== text) await tryLink(aside, path);
  await rm(aside, { force: true });
}

async function isAlive({ pid, startedAt }: Holder): Promise<boolean> {
  // This process does not hold the folder, so one with its id is an earlier one, as in a container that began anew.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Any other refusal means that there is such a process, somebody else's.
    if (codeOf(error) === "ESRCH") return false;
  }
  const start = await readStart(pid);
  return startedAt === null || start === null || start === startedAt;
}

/** When a process began, in ticks since the machine did; null where there is no /proc. See proc_pid_stat(5). */
async function readStart(pid: number): Promise<string | null> {
  const stat = await readIfThere(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets, and may hold anything; starttime is the 22nd.
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ESRCH") return null;
    throw error;
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const holder: Holder = JSON.parse(text);
    return Number.isInteger(holder.pid) && holder.pid > 0 ? holder : null;
  } catch {
    // Not written by us, or cut off by a loss of power: nobody holds it.
    return null;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}
