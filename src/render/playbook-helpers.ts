import { oneLine } from "../domain/one-line.ts";
import type { playbookLanguage } from "../domain/template/playbook-language.ts";
import { camelCase, kebabCase, pascalCase, snakeCase, textOf, titleCase } from "./change-case.ts";
import { escapeMarkdown, markdownCode } from "./escape-markdown.ts";
import { TemplateFailed } from "./template-failed.ts";

/**
 * What templates of playbooks can call, `year` being the year it is. Those for a value throw for one that they cannot
 * show, TemplateFailed where there is more to say.
 */
export function createPlaybookHelpers(year: number) {
  return {
    plain: writePlain,
    json: writeJson,
    yaml: writeJson,
    sh: quoteForShell,
    md: escapeLine,
    paragraphs: escapeLines,
    code: (value: unknown): string => markdownCode(textOf(value)),
    // For files in which nothing has a meaning, such as a licence.
    line: (value: unknown): string => oneLine(textOf(value)).trim(),
    kebab: kebabCase,
    snake: snakeCase,
    camel: camelCase,
    pascal: pascalCase,
    title: titleCase,
    upper: (value: unknown): string => textOf(value).toUpperCase(),
    lower: (value: unknown): string => textOf(value).toLowerCase(),
    join: joinTexts,
    year: (): string => String(year),
    eq: (left: unknown, right: unknown): boolean => left === right,
    not: (value: unknown): boolean => !isSomething(value),
    and: (...values: unknown[]): boolean => values.every(isSomething),
    or: (...values: unknown[]): boolean => values.some(isSomething),
  } satisfies Record<keyof typeof playbookLanguage.inline | typeof playbookLanguage.writer, unknown>;
}

/** A value as it is. It has to be one line: a second one could be anything where it stands. */
function writePlain(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    throw new TemplateFailed("This is a list or a group of values: name one of them, or use {{#each}} or join.");
  }
  const text = textOf(value);
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) {
    throw new TemplateFailed("This value has several lines: write it by json, yaml, sh, md or paragraphs.");
  }
  return text;
}

/** As JSON on one line, which is YAML too: https://yaml.org/spec/1.2.2/#json-compatible. */
function writeJson(value: unknown): string {
  // YAML would take some of these for the end of a line; JSON takes any character by its number.
  return JSON.stringify(value).replace(/[\u007F-\u009F\u2028\u2029\uFEFF]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** As one word of a POSIX shell, in which nothing is special between single quotes. */
function quoteForShell(value: unknown): string {
  return `'${textOf(value).replaceAll("'", `'\\''`)}'`;
}

/** As one line of Markdown that does nothing, wherever it stands in its line. */
function escapeLine(value: unknown): string {
  // What begins a line may be a list, a rule, a heading's underline, or a command.
  return escapeMarkdown(textOf(value).trim())
    .replace(/^[-+=/]/, "\\$&")
    .replace(/^(\d{1,9})(?=[.)])/, "$1\u2060");
}

/** As Markdown that does nothing, each line on its own. */
function escapeLines(value: unknown): string {
  return textOf(value)
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map(escapeLine)
    .join("\n");
}

function joinTexts(values: unknown, separator: unknown): string {
  if (values === null) return "";
  if (!Array.isArray(values)) throw new TypeError("only a list can be joined");
  return values.map(textOf).join(textOf(separator));
}

/** As {{#if}} sees it. */
function isSomething(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
