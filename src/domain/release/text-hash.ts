/**
 * A short hash of a text, the same whatever ends its lines and whatever blanks are at its end: FNV-1a over code points,
 * 64 bits. It tells that a text was changed, and is no protection against anybody.
 */
export function textHash(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const unit of withPlainLines(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(unit.codePointAt(0) ?? 0)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/** The text with a line feed at the end of each line, and nothing before the first or behind the last one that says something. */
export function withPlainLines(text: string): string {
  return text.replace(/\r\n?/g, "\n").trim();
}
