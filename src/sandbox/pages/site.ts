import type { Context } from "hono";
import { loadPages, type PageToRender } from "../../render/load-pages.ts";
import type { Forge } from "../forge.ts";
import type { Delivery } from "../model/app.ts";
import { timeElement } from "./time-element.ts";

/** What every page is made from. */
export interface Site {
  readonly forge: Forge;
  readonly render: (page: PageToRender) => string;
  readonly redeliver: (delivery: Delivery) => Promise<void>;
}

const numbers = new Intl.NumberFormat("en");

/** Loads the templates, with the words for numbers and times. A helper hides every field of its name. */
export function loadSite(forge: Forge, redeliver: Site["redeliver"]): Site {
  const render = loadPages("sandbox", {
    time: (date: Date) => timeElement(date, forge.clock()),
    amount: (value: number) => numbers.format(value),
    plural: (value: number, one: string, many: string) => (value === 1 ? one : many),
  });
  return { forge, render, redeliver };
}

export function showPage(
  { render }: Site,
  context: Context,
  { status = 200, ...page }: PageToRender & { readonly status?: number },
): Response {
  // Hono's own type for a status knows only the registered ones, and a refusal's is any number.
  return context.html(render(page), new Response(null, { status }));
}
