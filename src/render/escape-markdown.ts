/**
 * Makes a text of somebody's safe inside Markdown on GitHub: it reads the same and does nothing. Markup is escaped;
 * mentions (`@name`), references (`#1`, `GH-1`) and bare links are broken up by a word joiner, which is not seen.
 */
export function escapeMarkdown(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, " ")
    .replace(/[\\`*_~[\]<>|&$]/g, "\\$&")
    .replace(/@|#|:\/\/|\bGH-|\bwww\./gi, "$&\u2060");
}
