import { oneLine } from "../domain/one-line.ts";

/**
 * Makes a text of somebody's safe inside Markdown on GitHub: it reads the same and does nothing. Markup is escaped;
 * mentions (`@name`), references (`#1`, `GH-1`, commits by their id) and bare links are broken up by a word joiner, which is not seen.
 */
export function escapeMarkdown(text: string): string {
  return (
    oneLine(text)
      // Emoji by their name, which GitHub looks for once nothing is escaped any more.
      .replace(/:(?=[+\w-]+:)/g, "$&\u2060")
      // Entities: within HTML nothing takes a backslash away, and what they stand for would be read.
      .replace(/&(?=#?\w+;)/g, "$&\u2060")
      .replace(/[\\`*_~[\]<>|&$]/g, "\\$&")
      .replace(/[@#]/g, "$&\u2060")
      .replace(/(?<!\w)[\da-f]{7,40}(?!\w)/gi, (id) => id.replace(/.{6}(?=.)/g, "$&\u2060"))
      // In a host name a word joiner is a letter like others; it has to part the scheme from its colon, `www` from its dot.
      .replace(/(?=:\/\/)|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-)/gi, "\u2060")
  );
}

/** The text as code, where it can be copied as it is: nothing in it is markup, a mention or a reference. */
export function markdownCode(text: string): string {
  return `\`${oneLine(text).replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}
