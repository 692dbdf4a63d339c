import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Handlebars from "handlebars";
import { type CheckedTemplate, checkTemplate } from "../domain/template/check-template.ts";
import { markdownHelpers } from "./markdown-helpers.ts";

const folder = join(import.meta.dirname, "../../templates");

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
    await Promise.all(included.map(async (other) => [withoutEnding(other), await compile(other)] as const)),
  );
  return (context) => template(context, { helpers: markdownHelpers, partials });
}

/** Loads templates that come with the product, for others to include by their path without ending. */
export async function loadPartials(names: readonly string[]): Promise<Readonly<Record<string, CheckedTemplate>>> {
  const included = names.map(withoutEnding);
  const partials = await Promise.all(
    names.map(async (name) => {
      const check = checkTemplate(await readTemplate(name), included);
      if (!check.ok) throw new Error(`${name} can be included by nobody: ${check.errors[0]?.message}`);
      return [withoutEnding(name), check.template] as const;
    }),
  );
  return Object.fromEntries(partials);
}

async function compile(name: string): Promise<Handlebars.TemplateDelegate> {
  // Nothing is escaped by itself: HTML's rules are not Markdown's, and each value has its helper.
  return Handlebars.compile(await readTemplate(name), { noEscape: true, strict: true });
}

/** The text of a template that comes with the product, by its path below templates/. */
export function readTemplate(name: string): Promise<string> {
  return readFile(join(folder, name), "utf8");
}

function withoutEnding(name: string): string {
  return name.replace(/\.md\.hbs$/, "");
}
