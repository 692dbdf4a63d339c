/** Shows on a terminal how many commits have been read; anywhere else it shows nothing. */
export function startProgress(stderr: NodeJS.WritableStream & { isTTY?: boolean }): {
  advance(commits: number): void;
  stop(): void;
} {
  if (!stderr.isTTY) return { advance: () => {}, stop: () => {} };
  let read = 0;
  let shown = false;
  // A short history is read before anybody needs to be told.
  const timer = setInterval(() => {
    stderr.write(`\r${read.toLocaleString("en")} commits read …`);
    shown = true;
  }, 200);
  return {
    advance(commits) {
      read += commits;
    },
    stop() {
      clearInterval(timer);
      if (shown) stderr.write("\r\u001B[K");
    },
  };
}
