import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import type { Forge } from "../forge.ts";
import type { Delivery } from "../model/app.ts";
import { Refusal } from "../refusal.ts";
import { addAccountPages } from "./account-pages.ts";
import { addAppPages } from "./app-pages.ts";
import { addBlobPages } from "./blob-page.ts";
import { addCommitPages } from "./commit-pages.ts";
import { addDeliveryPages } from "./delivery-pages.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { isOurOrigin } from "./is-our-origin.ts";
import { addIssueListPages } from "./issue-list-pages.ts";
import { addIssuePages } from "./issue-pages.ts";
import { addOpeningPages } from "./opening-pages.ts";
import { addPullForms } from "./pull-forms.ts";
import { addPullPages } from "./pull-pages.ts";
import { addRefPages } from "./ref-pages.ts";
import { addRegistrationPages } from "./registration-pages.ts";
import { addReleaseForms } from "./release-forms.ts";
import { addReleasePages } from "./release-pages.ts";
import { loadSite, type Site, showPage } from "./site.ts";
import { addTreePages } from "./tree-page.ts";

/** The largest form that is read, in bytes. */
const largestForm = 1024 * 1024;

/** The pages of the sandbox: what people look at and click on, without any script. */
export function createPages(forge: Forge, tools: { redeliver(delivery: Delivery): Promise<void> }): Hono {
  const site = loadSite(forge, (delivery) => tools.redeliver(delivery));
  // Addresses stay encoded until they are taken apart, since names of files may hold anything.
  const app = new Hono({ getPath: (request) => new URL(request.url).pathname.replace(/(?<=.)\/$/, "") });
  app.use(
    allowFormTarget,
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "https:", "http:", "data:"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: "same-origin",
      strictTransportSecurity: false,
    }),
    // The other port of a loopback address is another site, too.
    csrf({ origin: (origin, context) => isOurOrigin(origin, forge.web) || isManifest(context) }),
    bodyLimit({ maxSize: largestForm }),
  );
  addStylesheet(app);
  addDeliveryPages(app, site);
  addRegistrationPages(app, site);
  addAppPages(app, site);
  addAccountPages(app, site);
  addTreePages(app, site);
  addBlobPages(app, site);
  addCommitPages(app, site);
  addRefPages(app, site);
  addReleasePages(app, site);
  addReleaseForms(app, site);
  addIssueListPages(app, site);
  addOpeningPages(app, site);
  addIssuePages(app, site);
  addPullPages(app, site);
  addPullForms(app, site);
  addErrorPages(app, site);
  return app;
}

/** A page whose form leads on to another site says which, and its policy lets it; browsers would stop it otherwise. */
async function allowFormTarget(context: Context, next: () => Promise<void>): Promise<void> {
  await next();
  const target: unknown = context.get("formTarget");
  const policy = context.res.headers.get("content-security-policy");
  if (typeof target !== "string" || policy === null) return;
  context.header("Content-Security-Policy", policy.replace("form-action 'self'", `form-action 'self' ${target}`));
}

/** A manifest comes from the app that wants to be registered, and is only shown. */
function isManifest({ req }: Context): boolean {
  return /^(\/organizations\/[^/]+)?\/settings\/apps\/new$/.test(req.path);
}

function addStylesheet(app: Hono): void {
  const stylesheet = readFileSync(join(import.meta.dirname, "../../../templates/sandbox/style.css"), "utf8");
  app.get("/assets/style.css", (context) => {
    context.header("Cache-Control", "public, max-age=300");
    return context.body(stylesheet, 200, { "Content-Type": "text/css; charset=utf-8" });
  });
}

function addErrorPages(app: Hono, site: Site): void {
  // A route and no notFound handler, which would be lost where the pages are mounted among others.
  app.all("*", (context) => showPage(site, context, explain(404, null)));
  app.onError((error, context) => {
    if (error instanceof Refusal) return showPage(site, context, explain(error.status, explainRefusal(error)));
    if (error instanceof HTTPException) {
      const message = error.status === 403 ? "This form came from another site, so nothing was done." : error.message;
      return showPage(site, context, explain(error.status, message));
    }
    throw error;
  });
}

function explain(status: number, message: string | null) {
  const isMissing = status === 404;
  const title = isMissing ? "Not found" : "That did not work";
  return { template: "error", title, status, data: { status, isMissing, message } };
}
