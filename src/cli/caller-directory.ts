import type { Terminal } from "./terminal.ts";

/** The folder the person is in. `npm run` changes to the project's own, and says in INIT_CWD where it was called. */
export function callerDirectory({ env, cwd }: Pick<Terminal, "env" | "cwd">): string {
  return env["npm_lifecycle_event"] === "cli" ? (env["INIT_CWD"] ?? cwd()) : cwd();
}
