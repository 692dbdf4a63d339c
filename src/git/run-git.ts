import { type ChildProcessByStdio, spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { UserError } from "../domain/errors.ts";

/** What one run of git printed, and the status it ended with. */
export interface GitResult {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** What a run of git is given beside its arguments. */
export interface GitOptions {
  /** What it reads from its standard input; nothing where it is not given. */
  readonly input?: string | Uint8Array;
  /** Variables that it sees beside this process's, or in place of them. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether to stop it stops what it has started too, as the program that it fetches by. */
  readonly stopsAll?: boolean;
}

/** A git that is still running. */
export interface RunningGit {
  readonly stdout: AsyncIterable<Buffer>;
  /** Its status and what it complained of, once it has ended; a signal counts as status 128. */
  readonly ended: Promise<{ status: number; stderr: string }>;
  stop(): void;
}

/** The variables by which git would read another repository than the one in the folder it is run in. */
const elsewhere = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_COMMON_DIR",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_SHALLOW_FILE",
  "GIT_GRAFT_FILE",
  "GIT_PREFIX",
];

/** Runs git in a folder and waits for it. Throws a UserError where there is no git; any status is a result. */
export async function runGit(directory: string, args: readonly string[], options: GitOptions = {}): Promise<GitResult> {
  const git = start("git", ["-C", directory, ...args], options);
  const chunks: Buffer[] = [];
  for await (const chunk of git.stdout) chunks.push(chunk);
  const { status, stderr } = await git.ended;
  return { status, stdout: Buffer.concat(chunks), stderr };
}

/**
 * Starts git in a folder, for output too large to hold.
 *
 * By itself git writes 4 KiB at a time, and to be woken for each costs the reader a fifth of the time that a long
 * history takes; where the machine has stdbuf, git writes larger blocks.
 */
export async function startGit(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<RunningGit> {
  const stdbuf = await findProgram("stdbuf");
  const command = ["git", "-C", directory, ...args];
  return stdbuf === null ? start("git", command.slice(1), options) : start(stdbuf, ["-o64K", ...command], options);
}

async function findProgram(name: string): Promise<string | null> {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter).filter(isAbsolute)) {
    const path = join(folder, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}

function start(program: string, args: readonly string[], options: GitOptions = {}): RunningGit {
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(program, args, {
    env: { ...gitEnvironment(), ...options.environment },
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own, to which a signal can be sent as a whole.
    detached: options.stopsAll ?? false,
  });
  // A git that ends before it has read everything tells why by its status.
  child.stdin.on("error", () => {});
  child.stdin.end(options.input);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-10_000);
  });
  const ended = new Promise<{ status: number; stderr: string }>((resolve, reject) => {
    child.on("error", (cause) =>
      reject(new UserError("git did not start; install git and see that it is on the PATH", { cause })),
    );
    child.on("close", (status, signal) => {
      resolve(status === null ? { status: 128, stderr: `fatal: git was ended by ${signal}` } : { status, stderr });
    });
  });
  // Whoever reads the output awaits it only afterwards; until then a failure is not an unhandled one.
  ended.catch(() => {});
  return { stdout: child.stdout, ended, stop };

  function stop(): void {
    const isOver = child.exitCode !== null || child.signalCode !== null;
    if (!options.stopsAll || child.pid === undefined) child.kill();
    else if (!isOver) process.kill(-child.pid, "SIGTERM");
  }
}

/** The reason in git's words, as one line: its last `fatal:` or `error:`. */
export function reasonOf(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const line =
    lines.findLast((text) => text.startsWith("fatal: ")) ?? lines.findLast((text) => text.startsWith("error: "));
  return (line ?? lines.at(-1) ?? "no reason given")
    .replace(/^(fatal|error): /, "")
    .replace(/\p{Cc}+/gu, " ")
    .trim();
}

function gitEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env };
  for (const name of elsewhere) delete environment[name];
  // English reasons; no password prompt nobody would see; and one write per buffer instead of one per commit.
  return { ...environment, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_FLUSH: "0" };
}
