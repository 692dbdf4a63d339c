import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findPort } from "./find-port.ts";

/** A PostgreSQL server that is nobody else's, so that it may be stopped. */
export interface OwnServer {
  readonly url: string;
  readonly start: () => Promise<void>;
  /** In order, or at once as if it had been killed. */
  readonly stop: (mode: "fast" | "immediate") => Promise<void>;
  /** Stops it where it runs, and takes its files away. */
  readonly end: () => Promise<void>;
}

/** PostgreSQL lets root start no server. */
const isRoot = process.getuid?.() === 0;

/** Starts one on a free port; says why where that cannot be done. */
export async function startOwnServer(): Promise<OwnServer | { readonly missing: string }> {
  const programs = findPrograms();
  if (programs === null) return { missing: "there is no initdb" };
  const folder = await mkdtemp(join(tmpdir(), "curtain-call-postgres-"));
  const data = join(folder, "cluster");
  const port = await findPort();

  const control = (...words: string[]): string[] => command(join(programs, "pg_ctl"), "-w", "-D", data, ...words);
  async function start(): Promise<void> {
    const options = `-p ${port} -h 127.0.0.1 -k ${folder}`;
    await ask(control("-l", join(folder, "log"), "-o", options, "start"));
  }

  try {
    if (isRoot) await ask(["chown", "postgres", folder]);
    await ask(command(join(programs, "initdb"), "-D", data, "-A", "trust", "-U", "postgres"));
    await start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    return { missing: error instanceof Error ? error.message : "it did not start" };
  }

  function endAtOnce(): void {
    const [program = "", ...words] = control("-m", "immediate", "stop");
    execFileSync(program, words, { stdio: "ignore" });
  }
  process.once("exit", endAtOnce);
  return {
    url: `postgres://postgres@127.0.0.1:${port}`,
    start,
    stop: (mode) => ask(control("-m", mode, "stop")),
    end: async () => {
      process.off("exit", endAtOnce);
      await ask(control("-m", "immediate", "stop")).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where initdb and pg_ctl are: the newest version that is installed; null where none is. */
function findPrograms(): string | null {
  const versions = globSync("/usr/{lib/postgresql/*,local,local/pgsql,.}/bin/initdb").toSorted();
  return versions.length === 0 ? null : dirname(versions.at(-1) ?? "");
}

function command(program: string, ...words: string[]): string[] {
  return isRoot ? ["runuser", "-u", "postgres", "--", program, ...words] : [program, ...words];
}

/** The server that it starts would keep pipes open, so that it is given none. */
async function ask([program = "", ...words]: readonly string[]): Promise<void> {
  const child = spawn(program, words, { cwd: "/", stdio: "ignore" });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${[program, ...words].join(" ")} ended with ${code}`);
}
