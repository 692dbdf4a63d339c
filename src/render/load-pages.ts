import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import Handlebars from "handlebars";

/** HTML that goes into a page as it is; every other text is escaped. */
export type SafeHtml = InstanceType<typeof Handlebars.SafeString>;

/** Marks HTML as safe to stand in a page: only what a renderer of ours has made. */
export function markSafe(html: string): SafeHtml {
  return new Handlebars.SafeString(html);
}

export interface PageToRender {
  /** The page's template, without `.hbs`. */
  readonly template: string;
  readonly title: string;
  readonly data: object;
}

/**
 * Loads the pages of a folder below templates/: one template each, `partials/` that they share, and the `layout` around
 * them. A page that asks for what it was not given throws an Error.
 */
export function loadPages(
  name: string,
  helpers: Readonly<Record<string, Handlebars.HelperDelegate>>,
): (page: PageToRender) => string {
  const folder = join(import.meta.dirname, "../../templates", name);
  const handlebars = Handlebars.create();
  handlebars.registerHelper(helpers);
  for (const [partial, source] of readTemplates(join(folder, "partials"))) handlebars.registerPartial(partial, source);
  const pages = new Map(
    Array.from(readTemplates(folder), ([page, source]) => [page, handlebars.compile(source, { strict: true })]),
  );
  const render = (template: string, data: object): string => {
    const page = pages.get(template);
    if (page === undefined) throw new Error(`there is no page ${template} in ${folder}`);
    return page(data);
  };
  return ({ template, title, data }) => render("layout", { title, body: markSafe(render(template, data)) });
}

function readTemplates(folder: string): [name: string, source: string][] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".hbs"));
  return files.map((file) => [basename(file, ".hbs"), readFileSync(join(folder, file), "utf8")]);
}
