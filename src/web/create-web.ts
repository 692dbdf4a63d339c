import { Hono } from "hono";
import { createInterface } from "./create-interface.ts";
import { createPages } from "./create-pages.ts";
import { loadSite, type Site } from "./site.ts";

/**
 * The ledger on the web: what is public of it, as pages and as JSON. It is to be mounted last, since it answers every
 * other address with a page that says that there is nothing.
 */
export function createWeb(tools: Omit<Site, "render" | "recall">): Hono {
  const site = loadSite(tools);
  const web = new Hono();
  web.route("/", createInterface(site));
  web.route("/", createPages(site));
  return web;
}
