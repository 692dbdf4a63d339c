/**
 * The text with every address in it replaced by `<hidden>`, so that none gets out: whatever stands in angle brackets,
 * and every other word with an `@` in it.
 */
export function hideAddresses(text: string): string {
  return text.replace(/<[^<>]*>|<?[^\s<>]+>?/g, (word) => {
    return word.includes("@") || (word.startsWith("<") && word.endsWith(">")) ? "<hidden>" : word;
  });
}
