import { isUtf8 } from "node:buffer";

/** Reads bytes as text. */
export type DecodeText = (bytes: Buffer, start: number, end: number) => string;

/**
 * Reads UTF-8 as git compares it: bytes that are not UTF-8 become lone surrogates, each its own, so that two names that
 * differ in such a byte stay two. Wherever it is printed, `toWellFormed` makes U+FFFD of them.
 */
export function decodeUtf8(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString("utf8", start, end);
  if (!text.includes("\uFFFD") || isUtf8(bytes.subarray(start, end))) return text;
  let decoded = "";
  for (let index = start; index < end; ) {
    const length = [1, 2, 3, 4].find((size) => index + size <= end && isUtf8(bytes.subarray(index, index + size)));
    decoded += length === undefined ? strayByte(bytes[index]) : bytes.toString("utf8", index, index + length);
    index += length ?? 1;
  }
  return decoded;
}

/**
 * Reads UTF-8, and as Windows-1252 what is not UTF-8: git converts what names its encoding, and what does not is
 * nearly always from a western machine of long ago.
 */
export function decodeUtf8OrWestern(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString("utf8", start, end);
  if (!text.includes("\uFFFD")) return text;
  const part = bytes.subarray(start, end);
  return isUtf8(part) ? text : new TextDecoder("windows-1252").decode(part);
}

function strayByte(byte: number | undefined): string {
  return String.fromCharCode(0xdc00 + (byte ?? 0));
}
