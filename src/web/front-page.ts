import type { Hono } from "hono";
import type { PageToRender } from "../render/load-pages.ts";
import { readOwners } from "../store/public-owners.ts";
import { ownerPath } from "./links.ts";
import { type Site, showPage } from "./site.ts";

/** What this is, and whose ledgers there are. */
export function addFrontPage(app: Hono, site: Site): void {
  app.get("/", (context) => showPage(site, context, { key: { page: "front" }, make: () => makeFrontPage(site) }));
}

async function makeFrontPage({ database }: Site): Promise<PageToRender> {
  const owners = await readOwners(database);
  const data = { owners: owners.map((owner) => ({ ...owner, href: ownerPath(owner.login) })) };
  return { template: "front", title: "Who made it", data };
}
