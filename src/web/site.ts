import type { Context } from "hono";
import { loadPages, markSafe, type PageToRender } from "../render/load-pages.ts";
import type { Database } from "../store/open-database.ts";
import { dayOf, dayWords } from "./days.ts";
import { createRecall, type Recall } from "./recall.ts";

/** What every page and answer is made from. */
export interface Site {
  readonly database: Pick<Database, "query">;
  readonly clock: () => Date;
  /** Where people see GitHub, without a slash at the end. */
  readonly github: string;
  readonly render: (page: PageToRender) => string;
  readonly recall: Recall;
}

/** How long a browser may show a page without asking again, in seconds: so long may somebody be listed who is not any more. */
const freshness = 60;

const numbers = new Intl.NumberFormat("en");

/** Loads the templates, with the words for numbers and days. A helper hides every field of its name. */
export function loadSite(tools: Omit<Site, "render" | "recall">): Site {
  const render = loadPages("pages", {
    day: (date: Date) => markSafe(`<time datetime="${dayOf(date)}">${dayWords(date)}</time>`),
    amount: (value: number) => numbers.format(value),
    plural: (value: number, one: string, many: string) => (value === 1 ? one : many),
  });
  return { ...tools, render, recall: createRecall(tools.clock) };
}

/** Answers with a page, which is made where no other request has asked for the same a moment ago. */
export async function showPage(
  { render, recall }: Pick<Site, "render" | "recall">,
  context: Context,
  { key, make }: { readonly key: object; readonly make: () => Promise<PageToRender> },
): Promise<Response> {
  const html = await recall(JSON.stringify(key), async () => render(await make()));
  keepShortly(context);
  return context.html(html);
}

/** The same with an answer in JSON. */
export async function showAnswer(
  { recall }: Pick<Site, "recall">,
  context: Context,
  { key, make }: { readonly key: object; readonly make: () => Promise<object> },
): Promise<Response> {
  const json = await recall(JSON.stringify(key), async () => JSON.stringify(await make()));
  keepShortly(context);
  return context.body(json, 200, { "Content-Type": "application/json" });
}

/** Lets browsers and others keep an answer for a short while. */
export function keepShortly(context: Context): void {
  context.header("Cache-Control", `public, max-age=${freshness}`);
}
