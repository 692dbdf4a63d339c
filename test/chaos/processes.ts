import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface Started {
  /** The first line that begins as was asked for, without that beginning. */
  readonly ready: Promise<string>;
  /** When it is gone, whoever ended it. */
  readonly gone: Promise<void>;
  /** Ends it, and waits until it is gone. */
  readonly end: (signal: "SIGKILL" | "SIGTERM") => Promise<void>;
}

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a program of this project; what it complains of goes to a file. */
export function startProgram(
  program: string,
  given: {
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly log: string;
    readonly readyLine: string;
  },
): Started {
  const path = join(import.meta.dirname, "../..", program);
  const child = spawn(process.execPath, [path, ...(given.args ?? [])], {
    env: { PATH: process.env["PATH"], TMPDIR: process.env["TMPDIR"], ...given.env },
    stdio: ["ignore", "pipe", openSync(given.log, "a")],
  });
  running.add(child);
  const gone = once(child, "exit").then(() => void running.delete(child));
  return {
    ready: readyLineOf(child, given.readyLine),
    gone,
    end: async (signal) => {
      child.kill(signal);
      await gone;
    },
  };
}

function readyLineOf({ stdout }: ChildProcess, beginning: string): Promise<string> {
  const ready = Promise.withResolvers<string>();
  // Whoever kills it has no use for it any more.
  ready.promise.catch(() => {});
  if (stdout !== null) {
    const lines = createInterface(stdout);
    lines.on("line", (line) => {
      if (line.startsWith(beginning)) ready.resolve(line.slice(beginning.length));
    });
    lines.on("close", () => ready.reject(new Error("the process ended before it was ready")));
  }
  return ready.promise;
}
