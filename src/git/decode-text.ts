import { isUtf8 } from "node:buffer";

/** Reads bytes as text. */
export type DecodeText = (bytes: Buffer, start: number, end: number) => string;

/** Reads UTF-8, with U+FFFD for what is not. */
export function decodeUtf8(bytes: Buffer, start: number, end: number): string {
  return bytes.toString("utf8", start, end);
}

/**
 * Reads UTF-8, and as Windows-1252 what is not UTF-8: git converts what names its encoding, and what does not is
 * nearly always from a western machine of long ago.
 */
export function decodeUtf8OrWestern(bytes: Buffer, start: number, end: number): string {
  const text = decodeUtf8(bytes, start, end);
  if (!text.includes("\uFFFD")) return text;
  const part = bytes.subarray(start, end);
  return isUtf8(part) ? text : new TextDecoder("windows-1252").decode(part);
}
