/** Shows on a terminal how much has been done, as how many commits have been read; anywhere else it shows nothing. */
export function startProgress(
  stderr: NodeJS.WritableStream & { isTTY?: boolean },
  what = "commits read",
): {
  advance(count: number): void;
  stop(): void;
} {
  if (!stderr.isTTY) return { advance: () => {}, stop: () => {} };
  let done = 0;
  let shown = false;
  // A short history is read before anybody needs to be told.
  const timer = setInterval(() => {
    stderr.write(`\r${done.toLocaleString("en")} ${what} …`);
    shown = true;
  }, 200);
  return {
    advance(count) {
      done += count;
    },
    stop() {
      clearInterval(timer);
      if (shown) stderr.write("\r\u001B[K");
    },
  };
}
