import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { trimTrailingSlash } from "hono/trailing-slash";
import { UserError } from "../domain/errors.ts";
import { addFrontPage } from "./front-page.ts";
import { pageHeaders } from "./page-headers.ts";
import { addPersonPage } from "./person-page.ts";
import { addPlacePages } from "./place-pages.ts";
import { addReleasePage } from "./release-page.ts";
import { roleRules } from "./role-colours.ts";
import { keepShortly, type Site } from "./site.ts";

/** The pages of the ledger: nothing runs in them, and nothing comes from elsewhere. */
export function createPages(site: Site): Hono {
  const app = new Hono();
  app.use(pageHeaders(), trimTrailingSlash(), etag());
  addStylesheet(app);
  addFrontPage(app, site);
  addPersonPage(app, site);
  addReleasePage(app, site);
  addPlacePages(app, site);
  // A route and no notFound handler, which would be lost where the pages are mounted among others.
  app.get("*", ({ html }) => html(explain(site, 404, null), 404));
  app.onError((error, { html }) => {
    if (error instanceof UserError) return html(explain(site, 400, error.message), 400);
    if (error instanceof HTTPException && error.status === 404) return html(explain(site, 404, null), 404);
    throw error;
  });
  return app;
}

function addStylesheet(app: Hono): void {
  const written = readFileSync(join(import.meta.dirname, "../../templates/pages/style.css"), "utf8");
  const stylesheet = `${written}${roleRules()}`;
  app.get("/style.css", (context) => {
    keepShortly(context);
    return context.body(stylesheet, 200, { "Content-Type": "text/css; charset=utf-8" });
  });
}

function explain({ render }: Site, status: 400 | 404, message: string | null): string {
  const title = status === 404 ? "Not found" : "That did not work";
  return render({ template: "error", title, data: { title, message } });
}
