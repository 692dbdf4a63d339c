import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Handlebars from "handlebars";
import type { NamedPerson } from "../domain/credit/named-person.ts";
import type { Some } from "../domain/credit/some.ts";
import { oneLine } from "../domain/one-line.ts";
import { escapeMarkdown, markdownCode } from "./escape-markdown.ts";

const folder = join(import.meta.dirname, "../../templates");
const numbers = new Intl.NumberFormat("en");
const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });
const helpers = {
  md: escapeMarkdown,
  code: markdownCode,
  number: (value: number): string => numbers.format(value),
  plural: (value: number, one: string, many: string): string => (value === 1 ? one : many),
  is: (left: unknown, right: unknown): boolean => left === right,
  person: linkPerson,
  people: listPeople,
  size: ({ shown, more }: Some<unknown>): number => shown.length + more,
  fence: fenceLines,
  /** Puts a `>` before each line, so that none of them leaves the quote. */
  quote(this: unknown, options: Handlebars.HelperOptions): string {
    return `${options.fn(this).trimEnd().replace(/^/gm, "> ").replace(/ +$/gm, "")}\n`;
  },
};

/**
 * Loads one of the templates that come with the product, and those that it includes by their path without ending;
 * `name` is its path below templates/.
 */
export async function loadTemplate(
  name: string,
  included: readonly string[] = [],
): Promise<(context: object) => string> {
  const template = await compile(name);
  const partials = Object.fromEntries(
    await Promise.all(included.map(async (other) => [other.replace(/\.md\.hbs$/, ""), await compile(other)] as const)),
  );
  return (context) => template(context, { helpers, partials });
}

async function compile(name: string): Promise<Handlebars.TemplateDelegate> {
  const source = await readFile(join(folder, name), "utf8");
  // Nothing is escaped by itself: HTML's rules are not Markdown's, and each value has its helper.
  return Handlebars.compile(source, { noEscape: true, strict: true });
}

/** A link to the profile, never a mention; plain text where there is no account. */
function linkPerson({ name, url }: NamedPerson): string {
  const text = name === "" ? "*somebody without a name*" : escapeMarkdown(name);
  return url === null ? text : `[${text}](${url})`;
}

function listPeople({ shown, more }: Some<NamedPerson>): string {
  if (shown.length === 0) return `${numbers.format(more)} ${more === 1 ? "person" : "people"}`;
  return lists.format([...shown.map(linkPerson), ...(more === 0 ? [] : [`${numbers.format(more)} more`])]);
}

/** Lines as a block of code, which none of them can end. */
function fenceLines(lines: readonly string[]): string {
  const text = lines.map(oneLine).join("\n");
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
