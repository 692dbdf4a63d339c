import { TemplateFailed } from "./template-failed.ts";

const letters: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", Æ: "Ae", ø: "o", Ø: "O", ł: "l", Ł: "L", đ: "d" };

/** `Tide Tables` and `tideTables` as `tide-tables`. Accents are left out. Throws TemplateFailed where nothing is left. */
export function kebabCase(text: unknown): string {
  return wordsOf(text).join("-").toLowerCase();
}

/** `Tide Tables` as `tide_tables`. Throws TemplateFailed where nothing is left. */
export function snakeCase(text: unknown): string {
  return wordsOf(text).join("_").toLowerCase();
}

/** `Tide Tables` as `tideTables`. Throws TemplateFailed where nothing is left. */
export function camelCase(text: unknown): string {
  const pascal = pascalCase(text);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** `Tide tables` as `TideTables`. Throws TemplateFailed where nothing is left. */
export function pascalCase(text: unknown): string {
  return wordsOf(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join("");
}

/** `tide tables` as `Tide Tables`; all else stays. */
export function titleCase(text: unknown): string {
  return textOf(text).replace(/(?<![\p{L}\p{N}'’])\p{Ll}/gu, (letter) => letter.toUpperCase());
}

/** A text, or a number as one; throws TypeError for anything else. */
export function textOf(value: unknown): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new TypeError("a group of values is not a text");
}

/** Letters from a to z and digits, in their words: what every file system, package registry and language takes as a name. */
function wordsOf(text: unknown): readonly string[] {
  const plain = textOf(text)
    .replace(/[ßæÆøØłŁđ]/g, (letter) => letters[letter] ?? "")
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "");
  const words = plain.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g) ?? [];
  if (words.length === 0) throw new TemplateFailed("No letter from a to z and no digit is left to make a name of.");
  return words;
}
