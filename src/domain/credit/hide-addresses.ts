const hidden = "<hidden>";
const at = /[@＠﹫]/u;

/**
 * The text with every address in it replaced by `<hidden>`, so that none gets out: whatever stands in angle brackets,
 * every word with an `@` behind its first letter, and what blanks or a line break part from its `@`.
 */
export function hideAddresses(text: string): string {
  if (!at.test(text) && !text.includes("<")) return text;
  const words = text.replace(/"[^"]*"(?=[@＠﹫])/gu, "x").match(/<[^<>]*>|<?[^\s<>]+>?|\s+|[<>]/gu) ?? [];
  // Between two words there are blanks, or nothing.
  const neighbour = (index: number, step: 1 | -1): number =>
    index + (/^\s/.test(words[index + step] ?? "") ? 2 : 1) * step;
  const hides = new Set<number>();
  for (const [index, word] of words.entries()) {
    if (!at.test(word) && !(word.startsWith("<") && word.endsWith(">") && word.length > 1)) continue;
    const isHandle = at.test(word.charAt(0));
    const next = words[neighbour(index, 1)] ?? "";
    const domain = word.length === 1 ? next : word;
    // `@ada` may be a name; `@example.com`, with something before it, is the rest of an address.
    if (isHandle && !domain.includes(".")) continue;
    hides.add(index);
    if (isHandle) hides.add(neighbour(index, -1));
    if (at.test(word.slice(-1))) hides.add(neighbour(index, 1));
  }
  return words.map((word, index) => (hides.has(index) ? hidden : word)).join("");
}
