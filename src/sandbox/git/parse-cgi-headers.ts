/** What a CGI program answered, and the first bytes behind its headers. */
export interface CgiAnswer {
  readonly status: number;
  /** Their names in lower case. */
  readonly headers: Record<string, string>;
  readonly rest: Buffer;
}

/** Reads the headers of RFC 3875 at the beginning of some output; null where they are not complete yet. */
export function parseCgiHeaders(output: Buffer): CgiAnswer | null {
  const end = output.indexOf("\r\n\r\n");
  if (end === -1) return null;
  let status = 200;
  const headers: Record<string, string> = {};
  for (const line of output.toString("latin1", 0, end).split("\r\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "status") status = Number.parseInt(value, 10);
    else headers[name] = value;
  }
  return { status, headers, rest: output.subarray(end + 4) };
}
