import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Handlebars from "handlebars";
import { escapeMarkdown, markdownCode } from "./escape-markdown.ts";

const folder = join(import.meta.dirname, "../../templates");
const numbers = new Intl.NumberFormat("en");
const helpers = {
  md: escapeMarkdown,
  code: markdownCode,
  number: (value: number): string => numbers.format(value),
  plural: (value: number, one: string, many: string): string => (value === 1 ? one : many),
};

/** Loads one of the templates that come with the product; `name` is its path below templates/. */
export async function loadTemplate(name: string): Promise<(context: object) => string> {
  const source = await readFile(join(folder, name), "utf8");
  // Nothing is escaped by itself: HTML's rules are not Markdown's, and each value has its helper.
  const template = Handlebars.compile(source, { noEscape: true, strict: true });
  return (context) => template(context, { helpers });
}
