const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether a form comes from a page of ours, by whichever name of this machine it was opened. */
export function isOurOrigin(origin: string, web: string): boolean {
  const from = URL.parse(origin);
  const ours = new URL(web);
  if (from === null) return false;
  if (from.origin === ours.origin) return true;
  return loopback.has(from.hostname) && loopback.has(ours.hostname) && from.port === ours.port;
}
