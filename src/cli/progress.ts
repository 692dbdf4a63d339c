import type { WriteStream } from "node:tty";
import type { Terminal } from "./terminal.ts";

/** Shows on a terminal how many commits have been read; anywhere else it shows nothing. */
export function startProgress(stderr: Terminal["stderr"]): { advance(commits: number): void; stop(): void } {
  if (!isTerminal(stderr)) return { advance: () => {}, stop: () => {} };
  let read = 0;
  // A short history is read before anybody needs to be told.
  const timer = setInterval(() => stderr.write(`\r${read.toLocaleString("en")} commits read …`), 200);
  return {
    advance(commits) {
      read += commits;
    },
    stop() {
      clearInterval(timer);
      stderr.write("\r\u001B[K");
    },
  };
}

function isTerminal(stream: Terminal["stderr"]): stream is WriteStream & { fd: 2 } {
  return stream.isTTY;
}
