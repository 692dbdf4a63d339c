/** What a command may use of the process it runs in. */
export type Terminal = Pick<NodeJS.Process, "env" | "cwd" | "stdout" | "stderr">;
