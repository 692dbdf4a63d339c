import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Handlebars from "handlebars";
import { escapeMarkdown } from "./escape-markdown.ts";

const folder = join(import.meta.dirname, "../../templates");

const helpers = {
  md: (text: string | null): string => escapeMarkdown(text ?? ""),
  number: (value: number): string => value.toLocaleString("en"),
};

/** Renders one of the templates that come with the product; `name` is its path below templates/. */
export async function renderTemplate(name: string, context: object): Promise<string> {
  const source = await readFile(join(folder, name), "utf8");
  // Nothing is escaped by itself: HTML's rules are not Markdown's, and each value has its helper.
  const template = Handlebars.compile(source, { noEscape: true, strict: true });
  return template(context, { helpers });
}
