import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Runs git beside the server that it talks to, within a minute, and gives its output. */
export async function gitClient(directory: string, ...args: string[]): Promise<string> {
  const identity = ["-c", "user.name=Ada Example", "-c", "user.email=ada@example.com"];
  const environment = { ...process.env, GIT_TERMINAL_PROMPT: "0" };
  const options = { env: environment, timeout: 60_000, maxBuffer: 1 << 26 };
  const { stdout } = await promisify(execFile)("git", [...identity, "-C", directory, ...args], options);
  return stdout;
}
