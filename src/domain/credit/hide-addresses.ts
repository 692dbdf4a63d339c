/**
 * The text with every address in it replaced by `<hidden>`, so that none gets out: whatever stands in angle brackets,
 * and every word with an `@` behind its first letter.
 */
export function hideAddresses(text: string): string {
  return text.replace(/<[^<>]*>|<?[^\s<>]+>?/g, (word) => {
    return /.[@＠﹫]/u.test(word) || (word.startsWith("<") && word.endsWith(">")) ? "<hidden>" : word;
  });
}
