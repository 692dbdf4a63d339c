import { decodeUtf8OrWestern } from "../../git/decode-text.ts";

/** A commit's or tag's headers, and its message. */
export interface ObjectText {
  /** Every value of each header, in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly message: string;
}

/** Splits a commit or tag at its first blank line. A header goes on where the next line begins with a blank. */
export function parseObjectText(bytes: Buffer): ObjectText {
  const blank = bytes.indexOf("\n\n");
  const headersEnd = blank === -1 ? bytes.length : blank;
  const encoding = /^encoding (.+)$/m.exec(bytes.toString("latin1", 0, headersEnd))?.[1];
  const headers = new Map<string, string[]>();
  for (const line of decode(bytes.subarray(0, headersEnd), encoding).split(/\n(?! )/)) {
    const nameEnd = line.indexOf(" ");
    if (nameEnd === -1) continue;
    const name = line.slice(0, nameEnd);
    const value = line.slice(nameEnd + 1).replaceAll("\n ", "\n");
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return { headers, message: decode(bytes.subarray(headersEnd + 2), encoding) };
}

function decode(bytes: Buffer, encoding: string | undefined): string {
  if (encoding !== undefined) {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      // The header names an encoding that nobody knows, or not this text's: the text is read as if it named none.
    }
  }
  return decodeUtf8OrWestern(bytes, 0, bytes.length);
}
